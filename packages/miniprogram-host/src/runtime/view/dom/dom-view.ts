import type { glassEasel } from 'glass-easel-miniprogram-adapter'
import type { PageRecord } from '../../router/page.ts'
import type { Runtime } from '../../runtime.ts'
import type { View } from '../view.ts'
import { LOOKS } from './builtin-looks.ts'
import { DomContext } from './dom-context.ts'
import { listenToGestures, listenToKeyboard } from './gestures.ts'
import type { UiView } from './ui-view.ts'
import { createUiView } from './ui-view.ts'

/** Draws pages and the host's own bars and sheets into the document around this script. */
export const createDomView = (): View => {
  const context = new DomContext()
  const frames = new Map<number, { frame: HTMLElement; scroller: HTMLElement }>()
  let runtime: Runtime | null = null
  let ui: UiView | null = null
  const scrollerOf = (page: PageRecord) => frames.get(page.id)?.scroller

  return {
    createContext: () => context,
    connect(connected) {
      runtime = connected
      context.useTheme(connected.bundle.app.darkmode ? connected.system.theme : 'light')
      ui = createUiView(connected)
      listenToGestures(ui.pages)
      listenToKeyboard(ui.pages)
    },
    mount(page) {
      const frame = make('page-frame')
      const scroller = make('page-scroll')
      const placeholder = document.createElement('div')
      scroller.append(placeholder)
      frame.append(scroller)
      ui?.pages.append(frame)
      frames.set(page.id, { frame, scroller })
      watchScrolling(page, scroller)
      page.root.attach(scroller as never, placeholder as never)
    },
    unmount(page) {
      page.root.release()
      frames.get(page.id)?.frame.remove()
      frames.delete(page.id)
    },
    display(page) {
      for (const [id, { frame }] of frames) frame.hidden = id !== page?.id
      if (page && runtime) context.usePageStyles(page.path, runtime.bundle.app.pages)
      ui?.refresh()
    },
    adopt(component, tag) {
      const host = elementOf(component)
      if (host && runtime) LOOKS[tag]?.create?.(host, component, runtime)
      update(component, tag)
    },
    update,
    scrollTo(page, top, duration) {
      scrollerOf(page)?.scrollTo({ top, behavior: duration > 0 ? 'smooth' : 'instant' })
    },
    scrollTop: (page) => scrollerOf(page)?.scrollTop ?? 0,
    windowSize(page) {
      const scroller = scrollerOf(page)
      return { width: scroller?.scrollWidth ?? 0, height: scroller?.scrollHeight ?? 0 }
    },
    box(element) {
      const page = runtime?.router.top()
      const frame = page && frames.get(page.id)
      const { left, top, width, height } = required(element).getBoundingClientRect()
      const origin = frame?.scroller.getBoundingClientRect()
      return {
        left: left - (origin?.left ?? 0) + (frame?.scroller.scrollLeft ?? 0),
        top: top - (origin?.top ?? 0) + (frame?.scroller.scrollTop ?? 0),
        width,
        height,
      }
    },
    computedStyle: (element, name) => getComputedStyle(required(element)).getPropertyValue(name),
    domProperty: (element, name) => (required(element) as unknown as Record<string, unknown>)[name],
    refreshUi() {
      if (runtime) context.useTheme(runtime.bundle.app.darkmode ? runtime.system.theme : 'light')
      ui?.refresh()
    },
  }

  function update(component: glassEasel.GeneralComponent, tag: string): void {
    const host = elementOf(component)
    if (!host || !runtime) return
    const data = component.data as Record<string, unknown>
    host.hidden = data.hidden === true
    describeToReaders(host, data)
    if (TAPPABLE.has(tag) || TAPPABLE_ROLES.has(String(data.ariaRole)))
      host.tabIndex = data.disabled === true ? -1 : 0
    const look = LOOKS[tag]
    for (const name of look?.attributes ?? [])
      host.setAttribute(name.toLowerCase(), String(data[name]))
    look?.update?.(host, data, component, runtime)
  }
}

/** The DOM element that glass-easel made for an element. */
export const elementOf = (element: glassEasel.Element): HTMLElement | null =>
  (element.getBackendElement() as unknown as HTMLElement | null) ?? null

const required = (element: glassEasel.Element): HTMLElement => {
  const found = elementOf(element)
  if (!found) throw new Error('the element has no box of its own')
  return found
}

const make = (className: string): HTMLElement => {
  const element = document.createElement('div')
  element.className = className
  return element
}

/** Scrolling reaches the page's own handlers, as in WeChat. */
const watchScrolling = (page: PageRecord, scroller: HTMLElement): void => {
  const call = (name: string, ...values: unknown[]) => {
    const method = page.instance[name]
    if (typeof method === 'function') method.apply(page.instance, values)
  }
  let atBottom = false
  scroller.addEventListener('scroll', () => {
    call('onPageScroll', { scrollTop: scroller.scrollTop })
    const left = scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop
    if (left <= 50 && !atBottom) call('onReachBottom')
    atBottom = left <= 50
  })
}

/** What a keyboard can reach. */
const TAPPABLE = new Set(['button', 'navigator', 'checkbox', 'radio', 'switch', 'picker'])
const TAPPABLE_ROLES = new Set(['button', 'link', 'checkbox', 'radio', 'switch', 'tab'])

const ARIA = /^aria([A-Z]\w*)$/

const describeToReaders = (host: HTMLElement, data: Record<string, unknown>): void => {
  for (const [name, value] of Object.entries(data)) {
    const aria = ARIA.exec(name)?.[1]?.toLowerCase()
    if (aria === undefined || value === null) continue
    if (aria === 'role') host.setAttribute('role', String(value))
    else host.setAttribute(`aria-${aria}`, String(value))
  }
}
