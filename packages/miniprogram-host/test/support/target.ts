import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isAbsolute } from 'node:path'
import { fileURLToPath } from 'node:url'
import automator from 'miniprogram-automator'
import { onTestFinished } from 'vitest'
import type { ConsoleMessage, ExceptionMessage, Host, HostOptions } from '../../src/index.ts'
import { startHost } from '../../src/index.ts'

type MiniProgram = Awaited<ReturnType<typeof automator.connect>>

/** The methods of the SDK's element classes that the tests use, which its typings split. */
export interface PageElement {
  tagName: string
  $(selector: string): Promise<PageElement | null>
  $$(selector: string): Promise<PageElement[]>
  tap(): Promise<void>
  longpress(): Promise<void>
  trigger(type: string, detail?: object): Promise<void>
  text(): Promise<string>
  value(): Promise<unknown>
  attribute(name: string): Promise<string | null>
  property(name: string): Promise<unknown>
  style(name: string): Promise<string>
  size(): Promise<{ width: number; height: number }>
  offset(): Promise<{ left: number; top: number }>
  wxml(): Promise<string>
  outerWxml(): Promise<string>
  input(text: string): Promise<void>
  data(path?: string): Promise<unknown>
  setData(data: object): Promise<void>
  callMethod(name: string, ...values: unknown[]): Promise<unknown>
  swipeTo(index: number): Promise<void>
  slideTo(value: number): Promise<void>
}

export interface OpenPage
  extends Pick<PageElement, '$' | '$$' | 'data' | 'setData' | 'callMethod'> {
  id: number
  path: string
  query: Record<string, string>
  xpath(path: string): Promise<PageElement | null>
  getElementsByXpath(path: string): Promise<PageElement[]>
  size(): Promise<{ width: number; height: number }>
  scrollTop(): Promise<number>
}

/** A host that runs a fixture, and the SDK connected to it. */
export interface Target {
  host: Host
  program: MiniProgram
  logs: ConsoleMessage[]
  exceptions: ExceptionMessage[]
  /** Navigates without the delay of three seconds in the SDK's own navigation. */
  go(method: string, url?: string): Promise<OpenPage>
  page(): Promise<OpenPage>
  path(): Promise<string>
  /** The first element of the current page that matches a selector; throws if there is none. */
  find(selector: string): Promise<PageElement>
  /** Runs a function, given as source text, in the app. */
  run(source: string, ...args: unknown[]): Promise<unknown>
  close(): Promise<void>
}

export const fixture = (name: string): string =>
  fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url))

/** Opens a fixture by its name, or a project by its path. */
export const openTarget = async (
  name: string,
  options: Partial<HostOptions> = {},
): Promise<Target> => {
  const projectPath = isAbsolute(name) ? name : fixture(name)
  const host = await startHost({ projectPath, ...options })
  const program = await automator.connect({ wsEndpoint: host.wsEndpoint })
  const logs: ConsoleMessage[] = []
  const exceptions: ExceptionMessage[] = []
  host.events.on('exception', (exception) => exceptions.push(exception))
  program.on('console', (message: ConsoleMessage) => logs.push(message))
  // `on` does not wait for the answer to its request; closing before it came would reject it unheard.
  await program.pageStack().catch(() => {})
  const page = async () => (await program.currentPage()) as unknown as OpenPage
  return {
    host,
    program,
    logs,
    exceptions,
    async go(method, url) {
      await program.callWxMethod(method, url === undefined ? {} : { url })
      return page()
    },
    page,
    path: async () => (await page()).path,
    async find(selector) {
      const element = await (await page()).$(selector)
      if (!element) throw new Error(`no element "${selector}"`)
      return element
    },
    run: (source, ...args) => program.evaluate(source as never, ...(args as never[])),
    async close() {
      program.disconnect()
      await host.close()
    },
  }
}

/** Opens a project for one test and closes it after the test. */
export const openForTest = async (
  path: string,
  options: Partial<HostOptions> = {},
): Promise<Target> => {
  const target = await openTarget(path, options)
  onTestFinished(() => target.close())
  return target
}

/** Polls for up to 30 s until `read` returns a truthy value; returns the last value. */
export const until = async <Value>(read: () => Value | Promise<Value>): Promise<Value> => {
  const deadline = Date.now() + 30_000
  for (;;) {
    const value = await read()
    if (value || Date.now() > deadline) return value
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** Starts an API that answers with `reply` and records its requests in `seen`. */
export const startApi = async (reply: (body: Record<string, unknown>) => unknown) => {
  const seen: { url: string; header: Record<string, unknown>; body: Record<string, unknown> }[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString() || '{}')
      seen.push({ url: request.url ?? '', header: request.headers, body })
      response.setHeader('content-type', 'application/json').end(JSON.stringify(reply(body)))
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    base: `http://127.0.0.1:${port}`,
    seen,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => {
        server.close(resolve)
      })
    },
  }
}
