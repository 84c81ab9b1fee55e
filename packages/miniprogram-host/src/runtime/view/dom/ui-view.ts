import { barColors, windowOption } from './bar-colors.ts'
import { dialogElement } from './dialogs.ts'
import { h } from './elements.ts'
import type { DomRuntime } from './look.ts'
import { nicknameBar } from './nickname-bar.ts'
import { tabBarElement } from './tab-bar.ts'

export interface UiView {
  /** The container of the pages. */
  pages: HTMLElement
  refresh(): void
}

/** Renders WeChat's own UI around and above the pages: bars, toast, loading and dialogs. */
export const createUiView = (runtime: DomRuntime): UiView => {
  const navigation = h('header', 'mph-navigation-bar')
  const pages = h('main', 'mph-pages')
  const tabs = h('nav', 'mph-tab-bar')
  const overlay = h('div', 'mph-overlay')
  document.body.append(navigation, pages, tabs, overlay)
  let shownDialogs: unknown[] = []

  const refresh = (): void => {
    const page = runtime.router.top()
    const { darkmode, usesNewLook } = runtime.bundle.app
    document.documentElement.dataset.theme = darkmode ? runtime.system.theme : 'light'
    document.documentElement.dataset.look = usesNewLook ? 'v2' : 'v1'
    if (page)
      document.body.dataset.navigation = String(
        windowOption(runtime, page.path, 'navigationStyle') ?? 'default',
      )
    drawNavigation(navigation, runtime)
    drawTabs(tabs, runtime)
    document.body.classList.toggle('mph-has-tabs', !tabs.hidden)
    const { dialogs } = runtime.ui
    // An open dialog keeps its element, and with it the text typed into it.
    if (
      dialogs.length !== shownDialogs.length ||
      dialogs.some((dialog, at) => dialog !== shownDialogs[at])
    ) {
      shownDialogs = [...dialogs]
      overlay.replaceChildren(...dialogs.map((dialog) => dialogElement(dialog, runtime)))
    }
    overlay
      .querySelectorAll('.mph-toast, .mph-nickname-bar')
      .forEach((shown) => void shown.remove())
    overlay.append(
      ...[toastElement(runtime), nicknameBar(runtime)].filter((shown) => shown !== null),
    )
  }
  return { pages, refresh }
}

const drawNavigation = (bar: HTMLElement, runtime: DomRuntime): void => {
  const page = runtime.router.top()
  if (!page) return
  const { background, front } = barColors(runtime, page)
  const own = runtime.ui.navigationBars.get(page.id)
  const depth = runtime.router.stack.length
  // Replacing the bar during a touch would lose the tap.
  if (!changed(bar, [background, front, page.title, depth > 1, own?.loading])) return
  const goBack = () => void runtime.router.route('navigateBack', {}).catch(() => undefined)
  bar.style.background = background
  bar.style.color = front
  bar.replaceChildren(
    h('div', 'mph-status-bar', {}, h('span', '', {}, '9:41'), h('span', 'mph-signal', {}, '100%')),
    h(
      'div',
      'mph-title-row',
      {},
      depth > 1 && h('button', 'mph-back', { onclick: goBack, ariaLabel: '返回' }, '‹'),
      h('h1', 'mph-title', {}, own?.loading ? h('i', 'mph-spinner') : null, page.title),
      h(
        'span',
        'mph-capsule',
        { ariaHidden: 'true' },
        h('i', 'mph-dots', {}, '•••'),
        h('i', 'mph-ring'),
      ),
    ),
  )
}

const drawTabs = (bar: HTMLElement, runtime: DomRuntime): void => {
  const { router, system, ui, bundle } = runtime
  const seen = [
    router.top()?.path,
    system.theme,
    ui.tabBar,
    [...ui.tabBar.items],
    bundle.app.tabBar,
  ]
  if (!changed(bar, seen)) return
  const content = tabBarElement(runtime)
  bar.hidden = content === null
  if (content) bar.replaceChildren(content)
}

/** Whether the values shown by an element differ from those of the last call. */
const changed = (element: HTMLElement, shown: unknown[]): boolean => {
  const signature = JSON.stringify(shown)
  if (drawn.get(element) === signature) return false
  drawn.set(element, signature)
  return true
}

const drawn = new WeakMap<HTMLElement, string>()

const TOAST_SIGNS: Record<string, string> = { success: '✓', error: '!' }

const toastElement = ({ ui }: DomRuntime): HTMLElement | null => {
  const toast = ui.loading ?? ui.toast
  if (!toast) return null
  const sign =
    toast.icon === 'loading' ? h('i', 'mph-spinner') : h('b', '', {}, TOAST_SIGNS[toast.icon] ?? '')
  const plain = toast.icon === 'none'
  return h(
    'div',
    `mph-toast${toast.mask ? ' mph-masked' : ''}`,
    { role: 'status' },
    h(
      'div',
      plain ? 'mph-toast-plain' : 'mph-toast-box',
      {},
      plain ? null : sign,
      h('p', '', {}, toast.title),
    ),
  )
}
