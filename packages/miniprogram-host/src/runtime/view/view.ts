import type { glassEasel } from 'glass-easel-miniprogram-adapter'
import type { BuiltinView } from '../components/definition.ts'
import type { PageRecord, PageView } from '../router/page-record.ts'
import type { DomRuntime } from './dom/look.ts'

/** Box of an element in CSS pixels, from the page's top left corner. */
export interface Box {
  left: number
  top: number
  width: number
  height: number
}

/** What draws pages: a browser's document, or nothing at all. */
export interface View extends PageView, BuiltinView {
  createContext(): glassEasel.GeneralBackendContext
  /** Called once, before the first page opens. */
  connect(runtime: DomRuntime): void
  scrollTo(page: PageRecord, top: number, duration: number): void
  scrollTop(page: PageRecord): number
  windowSize(page: PageRecord): { width: number; height: number }
  /** Throw when there is no layout to ask. */
  box(element: glassEasel.Element): Box
  computedStyle(element: glassEasel.Element, name: string): string
  /** Redraws what the host itself shows: bars, toasts, sheets. */
  refreshUi(): void
}
