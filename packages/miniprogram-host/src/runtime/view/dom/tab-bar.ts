import { join } from '../../loader/modules.ts'
import { themed } from './bar-colors.ts'
import { h } from './elements.ts'
import type { DomRuntime } from './look.ts'
import { ASSET_PATH } from './resources.ts'

/** The tab bar; null when the current page has none. */
export const tabBarElement = (runtime: DomRuntime): HTMLElement | null => {
  const { tabBar } = runtime.bundle.app
  const path = runtime.router.top()?.path
  const onTab = tabBar?.list.some((tab) => tab.pagePath === path)
  if (!tabBar || !onTab || tabBar.custom || runtime.ui.tabBar.hidden) return null
  const style = { ...tabBar, ...runtime.ui.tabBar.style }
  const color = (value: unknown, fallback: string) => String(themed(runtime, value) ?? fallback)
  const bar = h('div', 'mph-tabs')
  bar.style.background = color(style.backgroundColor, '#ffffff')
  bar.dataset.border = color(style.borderStyle, 'black')
  tabBar.list.forEach((tab, index) => {
    const changed = runtime.ui.tabBar.items.get(index)
    const chosen = tab.pagePath === path
    const icon = chosen
      ? (changed?.selectedIconPath ?? tab.selectedIconPath)
      : (changed?.iconPath ?? tab.iconPath)
    const open = () => {
      const page = runtime.router.top()
      const tapped = page?.instance.onTabItemTap
      if (typeof tapped === 'function')
        tapped.call(page?.instance, { index, pagePath: tab.pagePath, text: tab.text })
      void runtime.router.route('switchTab', { url: `/${tab.pagePath}` }).catch(() => undefined)
    }
    const button = h(
      'button',
      'mph-tab',
      { onclick: open },
      icon !== undefined &&
        h('img', '', { src: ASSET_PATH + join([], String(themed(runtime, icon))), alt: '' }),
      h('span', '', {}, changed?.text ?? tab.text),
      changed?.badge !== undefined && h('b', 'mph-badge', {}, changed.badge),
      changed?.redDot === true && h('b', 'mph-red-dot'),
    )
    button.style.color = chosen
      ? color(style.selectedColor, '#07c160')
      : color(style.color, '#666666')
    if (chosen) button.setAttribute('aria-current', 'page')
    bar.append(button)
  })
  return bar
}
