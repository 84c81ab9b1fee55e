import { record } from '../../plain.ts'
import type { Dialog } from '../../ui/host-ui.ts'
import { appMark, h } from './elements.ts'
import type { DomRuntime } from './look.ts'

/** Asks which messages the app may send: each can be left out, and the choice kept for good. */
export const subscribeSheet = (
  { content, answer }: Dialog,
  { bundle }: DomRuntime,
): HTMLElement => {
  const items = itemsOf(content.templates)
  const ticks = items.map(() => checkbox(true))
  const always = checkbox(false)
  const reply = (allow: boolean) => () =>
    answer({
      allow,
      always: always.checked,
      templates: items.flatMap(({ id }, index) => (ticks[index]?.checked ? [id] : [])),
    })
  return h(
    'div',
    'mph-sheet mph-permission',
    {},
    h('div', 'mph-applicant', {}, appMark(bundle.projectName), '申请'),
    h('h2', '', {}, String(content.title)),
    ...items.map(({ title }, index) => choice(ticks[index] ?? always, title)),
    choice(always, '总是保持以上选择，不再询问', 'mph-always'),
    h(
      'footer',
      '',
      {},
      h('button', 'mph-cancel', { onclick: reply(false) }, '拒绝'),
      h('button', 'mph-confirm', { onclick: reply(true) }, '允许'),
    ),
  )
}

/** The page of the mini-program's settings: all messages, and those of which a choice is kept. */
export const settingsSheet = ({ content, answer }: Dialog): HTMLElement => {
  const kept = Object.entries(record(content.itemSettings))
  const main = checkbox(content.mainSwitch !== false)
  const ticks = kept.map(([, setting]) => checkbox(setting === 'accept'))
  const close = () =>
    answer({
      mainSwitch: main.checked,
      itemSettings: Object.fromEntries(
        kept.map(([id], index) => [id, ticks[index]?.checked ? 'accept' : 'reject']),
      ),
    })
  return h(
    'div',
    'mph-sheet mph-permission',
    {},
    h('h2', '', {}, String(content.title)),
    choice(main, '接收订阅消息'),
    ...kept.map(([id], index) => choice(ticks[index] ?? main, id)),
    h('footer', '', {}, h('button', 'mph-confirm', { onclick: close }, '完成')),
  )
}

const itemsOf = (templates: unknown): { id: string; title: string }[] =>
  (Array.isArray(templates) ? templates : []).map((template) => {
    const { id, title } = record(template)
    return { id: String(id), title: String(title) }
  })

const checkbox = (checked: boolean) => h('input', 'mph-tick', { type: 'checkbox', checked })

const choice = (box: HTMLElement, text: string, className = '') =>
  h('label', `mph-choice ${className}`, {}, box, text)
