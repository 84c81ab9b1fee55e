import type { glassEasel } from 'glass-easel-miniprogram-adapter'
import type { Surface } from '../canvas/canvas-node.ts'
import type { BuiltinView } from '../components/definition.ts'
import type { PageRecord, PageView } from '../router/page-record.ts'
import type { DomRuntime } from './dom/look.ts'

/** Box of an element in CSS pixels, relative to the page's top left corner. */
export interface Box {
  left: number
  top: number
  width: number
  height: number
}

/** Renders pages: into a browser's document, or not at all. */
export interface View extends PageView, BuiltinView {
  createContext(): glassEasel.GeneralBackendContext
  /** Called once, before the first page opens. */
  connect(runtime: DomRuntime): void
  /** `top` in CSS pixels, `duration` in milliseconds. */
  scrollTo(page: PageRecord, top: number, duration: number): void
  scrollTop(page: PageRecord): number
  windowSize(page: PageRecord): { width: number; height: number }
  /** `box` and `computedStyle` throw when the view has no layout. */
  box(element: glassEasel.Element): Box
  computedStyle(element: glassEasel.Element, name: string): string
  /** What a canvas draws on, null for a new one off the page; null in a view that draws nothing. */
  surface(canvas: glassEasel.GeneralComponent | null): Surface | null
  /** Redraws WeChat's own UI: bars, toasts and sheets. */
  refreshUi(): void
}
