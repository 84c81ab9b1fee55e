import type { glassEasel, Root } from 'glass-easel-miniprogram-adapter'
import type { Bundle } from '../../compile/bundle.ts'
import type { ErrorReporter } from '../errors.ts'
import type { HostBindings } from '../host-bindings.ts'
import type { Location } from './url.ts'

/** The app's `this` of a page: its methods, fields and data. */
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
  /** The app's own tab bar on a page of a tab. */
  tabBar: Root | null
  title: string
  /** What is wrong with its files, for the developer. */
  faults: string[]
  shown: boolean
  closed: boolean
  /** Scroll position in CSS pixels, for a view without layout. */
  scrollTop: number
}

/** The part of the view that shows pages. */
export interface PageView {
  mount(page: PageRecord): void
  unmount(page: PageRecord): void
  /** Shows the current page; null before the first one. */
  display(page: PageRecord | null): void
}

/** The part of the component registry that creates pages. */
export interface PageComponents {
  /** Loads the page's scripts, if need be, and creates it; an empty page when that fails. */
  createRoot(path: string): Root
  /** Creates the app's own tab bar; null when it has none. */
  createTabBar(): Root | null
  /** What is wrong with a page and its components; empty when nothing is. */
  faultsOf(path: string): string[]
  configOf(path: string): Record<string, unknown>
}

/** What the router uses of the running mini-program. */
export interface RouterRuntime {
  bundle: Bundle
  environment: Pick<HostBindings, 'setTimeout' | 'emit'> & { view: PageView }
  errors: ErrorReporter
  components: PageComponents
  viewUpdated(): Promise<void>
}
