import type { glassEasel, Root } from 'glass-easel-miniprogram-adapter'
import type { Location } from './url.ts'

/** What the app sees as `this` of a page: its methods, fields, data. */
export type PageInstance = Record<string, unknown> & {
  data: Record<string, unknown>
  setData(data: Record<string, unknown>, callback?: () => void): void
}

/** One open page. */
export interface PageRecord extends Location {
  id: number
  root: Root
  component: glassEasel.GeneralComponent
  instance: PageInstance
  title: string
  shown: boolean
  closed: boolean
  /** Scroll position where the view keeps none itself. */
  scrollTop: number
}
