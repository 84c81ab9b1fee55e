import type { PageRecord, RouterRuntime } from './page-record.ts'
import type { RouteMethod, RouterState } from './routes.ts'
import { ROUTES, refuseUnreachable } from './routes.ts'
import { parseUrl } from './url.ts'

export interface Router {
  /** The page stack; the current page is the last. */
  stack: PageRecord[]
  top(): PageRecord | undefined
  /** All open pages, including those of tabs that are not shown. */
  openPages(): PageRecord[]
  /** Navigates like the wx function of that name; rejects with WeChat's failure. */
  route(method: RouteMethod, options: Record<string, unknown>): Promise<Record<string, unknown>>
  /** Adds a listener for each page that is closed. */
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

/** Navigation is asynchronous in WeChat: it never completes before its function returns. */
const nextTask = ({ environment }: RouterRuntime): Promise<void> =>
  new Promise((resolve) => {
    environment.setTimeout(resolve, 0)
  })
