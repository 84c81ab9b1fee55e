import type { PageRecord, RouterRuntime } from './page-record.ts'
import type { RouteMethod, RouterState } from './routes.ts'
import { ROUTES, refuseUnreachable } from './routes.ts'
import { parseUrl } from './url.ts'

export interface Router {
  /** The open pages, the one on screen last. */
  stack: PageRecord[]
  top(): PageRecord | undefined
  /** Pages that are open, also those that wait behind another tab. */
  openPages(): PageRecord[]
  /** Does what the wx function of the same name does; throws WeChat's failure. */
  route(method: RouteMethod, options: Record<string, unknown>): Promise<Record<string, unknown>>
  /** Called for each page that closes. */
  onClosed(listener: (page: PageRecord) => void): void
}

export const createRouter = (runtime: RouterRuntime): Router => {
  const state: RouterState = { stack: [], tabs: new Map(), closedListeners: [] }
  const top = () => state.stack.at(-1)
  return {
    stack: state.stack,
    top,
    openPages: () => [...new Set([...state.stack, ...state.tabs.values()])],
    async route(method, options) {
      await nextTask(runtime)
      const target = parseUrl(options.url, top()?.path)
      if (method !== 'navigateBack') refuseUnreachable(runtime, method, target)
      return ROUTES[method](state, runtime, target, options)
    },
    onClosed: (listener) => void state.closedListeners.push(listener),
  }
}

/** Navigation is never done when its function returns. */
const nextTask = ({ environment }: RouterRuntime): Promise<void> =>
  new Promise((resolve) => {
    environment.setTimeout(resolve, 0)
  })
