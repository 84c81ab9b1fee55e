import { glassEasel } from 'glass-easel-miniprogram-adapter'
import type { PageRecord } from '../router/page-record.ts'
import type { View } from './view.ts'

const WINDOW = { width: 375, height: 724 }

/** A view without rendering: state and events work, layout queries throw an error. */
export const createHeadlessView = (): View => ({
  createContext: () => new glassEasel.EmptyComposedBackendContext(),
  connect() {},
  mount(page) {
    for (const part of partsOf(page)) glassEasel.Element.pretendAttached(part)
  },
  unmount(page) {
    for (const part of partsOf(page)) glassEasel.Element.pretendDetached(part)
  },
  display() {},
  adopt() {},
  update() {},
  scrollTo(page, top) {
    page.scrollTop = top
  },
  scrollTop: (page) => page.scrollTop,
  windowSize: () => WINDOW,
  box: () => refuse('layout'),
  surface: () => null,
  computedStyle: () => refuse('computed style'),
  domProperty: () => refuse('layout'),
  refreshUi() {},
})

const partsOf = ({ component, tabBar }: PageRecord): glassEasel.GeneralComponent[] =>
  tabBar ? [component, tabBar.getComponent()] : [component]

const refuse = (what: string): never => {
  throw new Error(`${what} needs the chromium backend; the node backend draws nothing`)
}
