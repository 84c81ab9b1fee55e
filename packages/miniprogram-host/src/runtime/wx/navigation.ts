import type { PageRecord } from '../router/page-record.ts'
import type { RouteMethod } from '../router/routes.ts'
import { topOfFirst } from '../selectors/selector-query.ts'
import type { ApiOptions } from './api.ts'
import { failure } from './api.ts'
import type { Area, WxRuntime } from './area.ts'

const ROUTES: RouteMethod[] = ['navigateTo', 'redirectTo', 'navigateBack', 'reLaunch', 'switchTab']

/** Page navigation, navigation bar, tab bar, scrolling and pull-down refresh. */
export const navigationApi: Area = (runtime, api) => ({
  ...Object.fromEntries(
    ROUTES.map((method) => [
      method,
      api(method, (options) => runtime.router.route(method, options)),
    ]),
  ),
  ...navigationBar(runtime, api),
  ...tabBar(runtime, api),
  pageScrollTo: api('pageScrollTo', async ({ duration = 300, ...target }) => {
    // What the app has set is there to be scrolled to.
    await runtime.viewUpdated()
    const page = runtime.router.top()
    if (!page) return
    const top = topOf(runtime, page, target)
    if (top !== undefined) runtime.environment.view.scrollTo(page, top, Number(duration))
  }),
  startPullDownRefresh: api('startPullDownRefresh', () => {
    const page = runtime.router.top()
    const refresh = page?.instance.onPullDownRefresh
    if (typeof refresh === 'function') refresh.call(page?.instance)
  }),
  stopPullDownRefresh: api('stopPullDownRefresh', () => undefined),
})

/** Where to scroll in CSS pixels of the page; undefined when the selector finds nothing. */
const topOf = (
  runtime: WxRuntime,
  { component }: PageRecord,
  { scrollTop, selector, offsetTop = 0 }: ApiOptions,
): number | undefined => {
  if (scrollTop !== undefined || selector === undefined) return Number(scrollTop ?? 0)
  const top = topOfFirst(runtime, component, String(selector))
  return top === undefined ? undefined : top + Number(offsetTop)
}

const navigationBar: Area = ({ ui, router }, api) => {
  const change = (fields: Record<string, unknown>): void => {
    const page = router.top()
    if (!page) throw failure('no page')
    const bar = ui.navigationBars.get(page.id) ?? { loading: false }
    ui.navigationBars.set(page.id, { ...bar, ...fields })
    ui.changed()
  }
  return {
    setNavigationBarTitle: api('setNavigationBarTitle', ({ title }) => {
      const page = router.top()
      if (!page) throw failure('no page')
      page.title = String(title ?? '')
      ui.changed()
    }),
    setNavigationBarColor: api('setNavigationBarColor', ({ frontColor, backgroundColor }) => {
      if (frontColor !== '#ffffff' && frontColor !== '#000000') {
        throw failure(`invalid frontColor "${frontColor}"`)
      }
      change({ frontColor, backgroundColor })
    }),
    showNavigationBarLoading: api('showNavigationBarLoading', () => change({ loading: true })),
    hideNavigationBarLoading: api('hideNavigationBarLoading', () => change({ loading: false })),
    hideHomeButton: api('hideHomeButton', () => undefined),
    setBackgroundColor: api('setBackgroundColor', () => undefined),
    setBackgroundTextStyle: api('setBackgroundTextStyle', () => undefined),
  }
}

const tabBar: Area = (runtime, api) => {
  const { ui, bundle } = runtime
  const onItem =
    (change: (item: Record<string, unknown>, options: ApiOptions) => void) =>
    (options: ApiOptions) => {
      refuseOutsideTabBar(runtime)
      const index = Number(options.index)
      if (!bundle.app.tabBar?.list[index]) throw failure('tabbar item not found')
      const item = { ...ui.tabBar.items.get(index) }
      change(item, options)
      ui.tabBar.items.set(index, item)
      ui.changed()
    }
  const setHidden = (hidden: boolean) => () => {
    refuseOutsideTabBar(runtime)
    ui.tabBar.hidden = hidden
    ui.changed()
  }
  return {
    showTabBar: api('showTabBar', setHidden(false)),
    hideTabBar: api('hideTabBar', setHidden(true)),
    setTabBarBadge: api(
      'setTabBarBadge',
      onItem((item, { text }) => Object.assign(item, { badge: String(text ?? '') })),
    ),
    removeTabBarBadge: api(
      'removeTabBarBadge',
      onItem((item) => delete item.badge),
    ),
    showTabBarRedDot: api(
      'showTabBarRedDot',
      onItem((item) => Object.assign(item, { redDot: true })),
    ),
    hideTabBarRedDot: api(
      'hideTabBarRedDot',
      onItem((item) => delete item.redDot),
    ),
    setTabBarItem: api(
      'setTabBarItem',
      onItem((item, { index, success, fail, complete, ...shown }) => Object.assign(item, shown)),
    ),
    setTabBarStyle: api('setTabBarStyle', ({ success, fail, complete, ...style }) => {
      refuseOutsideTabBar(runtime)
      Object.assign(ui.tabBar.style, style)
      ui.changed()
    }),
  }
}

const refuseOutsideTabBar = ({ bundle, router }: WxRuntime): void => {
  const path = router.top()?.path
  if (!bundle.app.tabBar?.list.some((tab) => tab.pagePath === path))
    throw failure('not TabBar page')
}
