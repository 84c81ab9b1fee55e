import { record } from '../../plain.ts'
import type { Dialog } from '../../ui/host-ui.ts'
import { h } from './elements.ts'

/** The picker's sheet: a list, columns, or the browser's date or time field. */
export const pickerSheet = ({ content, answer }: Dialog): HTMLElement => {
  const { field, read } = fieldFor(content)
  return h(
    'div',
    'mph-sheet mph-picker',
    {},
    h(
      'header',
      '',
      {},
      h('button', 'mph-cancel', { onclick: () => answer(false) }, '取消'),
      h('b', '', {}, String(content.headerText ?? '')),
      h('button', 'mph-confirm', { onclick: () => answer({ value: read() }) }, '确定'),
    ),
    field,
  )
}

interface PickerField {
  field: HTMLElement
  read(): unknown
}

const fieldFor = (content: Record<string, unknown>): PickerField => {
  const { mode, value, start, end, range, rangeKey } = content
  if (mode === 'date' || mode === 'time') {
    const input = h('input', '', {
      type: String(mode),
      value: String(value ?? ''),
      min: String(start ?? ''),
      max: String(end ?? ''),
    })
    return { field: input, read: () => input.value }
  }
  if (mode === 'multiSelector') {
    const columns = Array.isArray(range) ? range : []
    const chosen = Array.isArray(value) ? value : []
    const lists = columns.map((column: unknown, at) => list(column, rangeKey, chosen[at]))
    const field = h('div', 'mph-columns', {}, ...lists.map((column) => column.field))
    return { field, read: () => lists.map((column) => column.read()) }
  }
  return list(range, rangeKey, value)
}

const list = (range: unknown, key: unknown, chosen: unknown): PickerField => {
  const items = Array.isArray(range) ? range : []
  const select = h('select', '', { size: Math.min(Math.max(items.length, 2), 6) })
  items.forEach((item: unknown, at) => {
    const label = key ? record(item)[String(key)] : item
    select.append(
      h('option', '', { value: String(at), selected: at === Number(chosen ?? 0) }, String(label)),
    )
  })
  return { field: select, read: () => Number(select.value || 0) }
}
