import type { glassEasel } from 'glass-easel-miniprogram-adapter'
import type { Surface } from '../canvas/canvas-node.ts'
import type { PageRecord } from '../router/page-record.ts'

/** The part of the view that measures. */
export interface QueryView {
  box(element: glassEasel.Element): { left: number; top: number; width: number; height: number }
  computedStyle(element: glassEasel.Element, name: string): string
  scrollTop(page: PageRecord): number
  windowSize(page: PageRecord): { width: number; height: number }
  surface(canvas: glassEasel.GeneralComponent): Surface | null
}
