import { h } from '../../runtime/view/dom/elements.ts'
import type { LogEntry } from '../messages.ts'

const SHOWN_ENTRIES = 500

/** The app's console lines, exceptions and requests, the newest last. */
export const createConsolePanel = () => {
  const list = h('ol', 'log')
  const empty = h('p', 'empty', {}, '还没有日志。console、异常和网络请求都会显示在这里。')
  const clear = h('button', '', { onclick: () => refresh([]) }, '清空')
  const filter = h('input', '', { type: 'search', placeholder: '过滤', ariaLabel: '过滤日志' })
  filter.addEventListener('input', () => {
    for (const line of list.children) applyFilter(line as HTMLElement, filter.value)
  })
  const refresh = (lines: HTMLElement[]): void => {
    list.replaceChildren(...lines)
    empty.hidden = lines.length > 0
  }
  return {
    element: h('section', 'panel', {}, h('div', 'panel-bar', {}, filter, clear), empty, list),
    add(entries: LogEntry[]): void {
      const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40
      for (const entry of entries) {
        const line = lineOf(entry)
        applyFilter(line, filter.value)
        list.append(line)
      }
      while (list.children.length > SHOWN_ENTRIES) list.firstElementChild?.remove()
      empty.hidden = list.children.length > 0
      if (atEnd) list.scrollTop = list.scrollHeight
    },
  }
}

const SIGNS: Record<LogEntry['kind'], string> = {
  console: '›',
  exception: '✕',
  network: '⇅',
  host: '!',
}

const lineOf = ({ kind, level, text, detail, at }: LogEntry): HTMLElement => {
  const time = new Date(at).toTimeString().slice(0, 8)
  const line = h(
    'li',
    `${kind} ${level}`,
    {},
    h('i', '', {}, SIGNS[kind]),
    detail === undefined
      ? h('pre', '', {}, text)
      : h('details', '', {}, h('summary', '', {}, text), h('pre', '', {}, detail)),
    h('time', '', {}, time),
  )
  line.dataset.text = text.toLowerCase()
  return line
}

const applyFilter = (line: HTMLElement, filter: string): void => {
  line.hidden = !(line.dataset.text ?? '').includes(filter.trim().toLowerCase())
}
