import type { glassEasel } from 'glass-easel-miniprogram-adapter'
import type { PageRecord } from '../router/page-record.ts'
import type { Runtime } from '../runtime.ts'

/** Box of an element in CSS pixels, from the page's top left corner. */
export interface Box {
  left: number
  top: number
  width: number
  height: number
}

/** What draws pages: a browser's document, or nothing at all. */
export interface View {
  createContext(): glassEasel.GeneralBackendContext
  /** Called once, before the first page opens. */
  connect(runtime: Runtime): void
  mount(page: PageRecord): void
  unmount(page: PageRecord): void
  /** Shows the page that came to the top; null before the first one. */
  display(page: PageRecord | null): void
  /** A built-in component came to life: gives it the look and the input of its kind. */
  adopt(component: glassEasel.GeneralComponent, tag: string): void
  /** A built-in component's data changed. */
  update(component: glassEasel.GeneralComponent, tag: string): void
  scrollTo(page: PageRecord, top: number, duration: number): void
  scrollTop(page: PageRecord): number
  windowSize(page: PageRecord): { width: number; height: number }
  /** Throw when there is no layout to ask. */
  box(element: glassEasel.Element): Box
  computedStyle(element: glassEasel.Element, name: string): string
  domProperty(element: glassEasel.Element, name: string): unknown
  /** Redraws what the host itself shows: bars, toasts, sheets. */
  refreshUi(): void
}
