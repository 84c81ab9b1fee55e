import type { Target } from './target.ts'
import { until } from './until.ts'

/** The methods of the SDK's elements that the tests use; its typings spread them over classes. */
export interface Element {
  $$(selector: string): Promise<Element[]>
  text(): Promise<string>
  tap(): Promise<void>
  attribute(name: string): Promise<string | null>
  trigger(type: string, detail?: object): Promise<void>
  /** From the beginning of the page, in CSS pixels. */
  offset(): Promise<{ left: number; top: number }>
  size(): Promise<{ width: number; height: number }>
}

interface Page {
  path: string
  query: Record<string, string>
  $$(selector: string): Promise<Element[]>
  data(path?: string): Promise<unknown>
  scrollTop(): Promise<number>
}

/** A selector, or a list: one for each component to enter, and one inside the last component. */
export type Where = string | readonly string[]

/** What a user does and sees. Each method waits, and rejects after a time-out. */
export const createPhone = (target: Target) => {
  let complaints: string[] = []
  const program = () => target.program
  const page = () => until('a page', async () => (await program().currentPage()) as unknown as Page)
  const elementsAt = async (where: Where): Promise<Element[]> => {
    const [first = '', ...rest] = typeof where === 'string' ? [where] : where
    let found = await (await page()).$$(first)
    for (const selector of rest)
      found = (await Promise.all(found.map((el) => el.$$(selector)))).flat()

    return found
  }
  const find = (where: Where) =>
    until(`an element ${where}`, async () => (await elementsAt(where))[0])
  const texts = async (where: Where) =>
    Promise.all((await elementsAt(where)).map((element) => element.text()))

  return {
    program,
    page,
    find,
    texts,
    canDraw: target.canDraw,
    canClose: target.canClose,
    path: async () => (await page()).path,
    stack: async () => (await program().pageStack()).map(({ path }) => path),
    /** Waits until the page has scrolled to where the element is in sight, on a target that draws. */
    async seesInSight(where: Where) {
      const element = await find(where)
      if (!target.canDraw) return
      await until(`${where} in sight`, async () => {
        const { top } = await element.offset()
        const { height } = await element.size()
        const bottom = top + height - (await (await page()).scrollTop())
        const { windowHeight } = await program().callWxMethod('getWindowInfo')
        return bottom >= height && bottom <= windowHeight
      })
    },
    /** Opens the page as the only one. */
    async open(path: string) {
      await program().callWxMethod('reLaunch', { url: `/${path}` })
      await until(`the page ${path}`, async () => (await page()).path === path)
    },
    isOn: (path: string) => until(`the page ${path}`, async () => (await page()).path === path),
    /** Waits until one of the elements shows the text. */
    sees: (where: Where, text: string | RegExp) =>
      until(`“${text}” in ${where}`, async () =>
        (await texts(where)).some((shown) => says(shown, text)),
      ),
    seesNo: (where: Where) =>
      until(`no ${where}`, async () => (await elementsAt(where)).length === 0),
    async tap(where: Where) {
      await tapped(await find(where))
    },
    async type(where: Where, text: string) {
      const field = (await find(where)) as Element & { input(value: string): Promise<void> }
      await field.input(text)
    },
    stored: (key: string): Promise<unknown> => program().callWxMethod('getStorageSync', key),
    /** Taps a button of the modal that WeChat shows. */
    async answerModal(sure: boolean) {
      const native = program().native()
      await until('a modal', async () => {
        await (sure ? native.confirmModal() : native.cancelModal())
        return true
      })
    },
    /** Holds the camera of the scanner that is open against a code with this text. */
    async scan(text: string) {
      // The SDK passes on what it does not know; its typings do not tell.
      const { send } = program() as unknown as {
        send(method: string, params: object): Promise<unknown>
      }
      await until('a scanner', async () => {
        await send.call(program(), 'Host.answer', { value: { scan: text } })
        return true
      })
    },
    /** Answers the sheet by which WeChat asks for the user's data. */
    async answerSheet(allow: boolean) {
      const native = program().native()
      await until('a sheet', async () => {
        await (allow ? native.authorizeAllow() : native.authorizeCancel())
        return true
      })
    },
    /** Collects exceptions and console errors of the mini-program that runs now. */
    listen() {
      program().on('exception', ({ message, stack }: { message: string; stack: string }) =>
        complaints.push(stack || message),
      )
      program().on('console', ({ type, args }: { type: string; args: unknown[] }) => {
        if (type === 'error') complaints.push(args.map(String).join(' '))
      })
    },
    /** The exceptions and console errors since the last call. */
    takeComplaints() {
      const taken = complaints
      complaints = []
      return taken
    },
  }
}

export type Phone = ReturnType<typeof createPhone>

/** Whether the text contains a string, or matches a regular expression. */
export const says = (shown: string, text: string | RegExp): boolean =>
  typeof text === 'string' ? shown.includes(text) : text.test(shown)

/** A tap that leaves the page may be answered with an error about that page, which is ignored. */
const tapped = async (element: Element) => {
  try {
    await element.tap()
  } catch (error) {
    if (!/page is not on top|page destroyed/.test(String(error))) throw error
  }
}
