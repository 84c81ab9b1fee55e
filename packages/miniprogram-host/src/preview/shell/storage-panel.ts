import { h } from '../../runtime/view/dom/elements.ts'
import type { FromShell } from '../messages.ts'

/** The app's storage, with buttons that remove one key or all. */
export const createStoragePanel = (send: (message: FromShell) => void) => {
  const list = h('dl', 'storage')
  const empty = h('p', 'empty', {}, '还没有存储任何数据。')
  const size = h('span', 'size')
  const clear = h(
    'button',
    '',
    { onclick: () => send({ type: 'removeStorage', key: null }) },
    '全部清除',
  )
  return {
    element: h('section', 'panel', {}, h('div', 'panel-bar', {}, size, clear), empty, list),
    show(storage: Record<string, string>): void {
      const entries = Object.entries(storage).sort(([a], [b]) => a.localeCompare(b))
      const bytes = entries.reduce((sum, [key, value]) => sum + key.length + value.length, 0)
      size.textContent = `${entries.length} 项 · ${(bytes / 1024).toFixed(1)} KB`
      empty.hidden = entries.length > 0
      list.replaceChildren(...entries.flatMap(([key, value]) => [termOf(key, send), textOf(value)]))
    },
  }
}

const termOf = (key: string, send: (message: FromShell) => void): HTMLElement =>
  h(
    'dt',
    '',
    {},
    key,
    h(
      'button',
      '',
      { title: `删除 ${key}`, onclick: () => send({ type: 'removeStorage', key }) },
      '删除',
    ),
  )

const textOf = (json: string): HTMLElement => h('dd', '', {}, h('pre', '', {}, indented(json)))

const indented = (json: string): string => {
  try {
    return JSON.stringify(JSON.parse(json), null, 2)
  } catch {
    return json
  }
}
