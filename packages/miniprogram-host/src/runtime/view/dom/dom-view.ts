import type { glassEasel } from 'glass-easel-miniprogram-adapter'
import type { View } from '../view.ts'
import { LOOKS } from './builtin-looks.ts'
import { DomContext } from './dom-context.ts'
import { elementOf, h } from './elements.ts'
import { listenToGestures, listenToKeyboard } from './gestures.ts'
import type { DomRuntime } from './look.ts'
import { createPageFrames } from './page-frames.ts'
import { resourceUrl } from './resources.ts'
import type { UiView } from './ui-view.ts'
import { createUiView } from './ui-view.ts'

/** Renders pages and WeChat's own UI into this realm's document. */
export const createDomView = (): View => {
  const context = new DomContext()
  const frames = createPageFrames()
  let runtime: DomRuntime | null = null
  let ui: UiView | null = null
  const useTheme = ({ bundle, system }: DomRuntime) =>
    context.useTheme(bundle.app.darkmode ? system.theme : 'light')

  return {
    createContext: () => context,
    connect(connected) {
      runtime = connected
      ui = createUiView(connected)
      useTheme(connected)
      listenToGestures(ui.pages)
      listenToKeyboard(ui.pages)
    },
    mount(page) {
      if (!ui) return
      const { frame, scroller, placeholder } = frames.add(page, ui.pages)
      page.root.attach(scroller as never, placeholder as never)
      if (!page.tabBar) return
      const bar = h('div', 'mph-custom-tab-bar', {}, h('i', ''))
      frame.append(bar)
      page.tabBar.attach(bar as never, bar.firstElementChild as never)
    },
    unmount(page) {
      page.root.release()
      page.tabBar?.release()
      frames.remove(page)
    },
    display(page) {
      frames.show(page)
      if (page && runtime) context.usePageStyles(page.path, runtime.bundle.app.pages)
      ui?.refresh()
    },
    adopt(component, tag) {
      const host = elementOf(component)
      if (host && runtime) LOOKS[tag]?.create?.(host, component, runtime)
      if (runtime) drawBuiltin(component, tag, runtime)
    },
    update: (component, tag) => (runtime ? drawBuiltin(component, tag, runtime) : undefined),
    scrollTo: (page, top, duration) =>
      frames.scrollerOf(page)?.scrollTo({ top, behavior: duration > 0 ? 'smooth' : 'instant' }),
    scrollTop: (page) => frames.scrollerOf(page)?.scrollTop ?? 0,
    windowSize(page) {
      const { scrollWidth = 0, scrollHeight = 0 } = frames.scrollerOf(page) ?? {}
      return { width: scrollWidth, height: scrollHeight }
    },
    box: (element) => frames.boxIn(runtime?.router.top(), required(element)),
    surface(component) {
      const files = runtime?.files
      const own = component && elementOf(component)?.querySelector('canvas')
      const canvas = component ? own : document.createElement('canvas')
      if (!canvas || !files) return null
      return { canvas, urlOf: (source) => resourceUrl(source, component, { files }) }
    },
    computedStyle: (element, name) => getComputedStyle(required(element)).getPropertyValue(name),
    domProperty: (element, name) => (required(element) as unknown as Record<string, unknown>)[name],
    refreshUi() {
      if (runtime) useTheme(runtime)
      ui?.refresh()
    },
  }
}

/** Updates a built-in component's element from its data. */
const drawBuiltin = (
  component: glassEasel.GeneralComponent,
  tag: string,
  runtime: DomRuntime,
): void => {
  const host = elementOf(component)
  if (!host) return
  const data = component.data as Record<string, unknown>
  host.hidden = data.hidden === true
  describeToReaders(host, data)
  const canTap = TAPPABLE.has(tag) || TAPPABLE_ROLES.has(String(data.ariaRole))
  if (canTap) host.tabIndex = data.disabled === true ? -1 : 0
  const look = LOOKS[tag]
  for (const name of look?.attributes ?? []) {
    host.setAttribute(name.toLowerCase(), String(data[name]))
  }
  look?.update?.(host, data, component, runtime)
}

const required = (element: glassEasel.Element): HTMLElement => {
  const found = elementOf(element)
  if (!found) throw new Error('the element has no box of its own')
  return found
}

/** Tags and roles that are focusable by keyboard. */
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
