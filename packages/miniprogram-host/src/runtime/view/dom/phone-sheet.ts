import type { Dialog } from '../../ui/host-ui.ts'
import { appMark, h } from './elements.ts'
import type { DomRuntime } from './look.ts'

const NUMBER = /^\d{5,15}$/

/**
 * Asks for the phone number: the one that WeChat offers, or another one that the user types. WeChat
 * would verify the latter by a text message.
 */
export const phoneSheet = ({ content, answer }: Dialog, { bundle }: DomRuntime): HTMLElement => {
  const known = String(content.number)
  const field = h('input', 'mph-phone-field', {
    type: 'tel',
    placeholder: '输入其他手机号',
    ariaLabel: '其他手机号',
    hidden: true,
  })
  const other = h('button', 'mph-other-number', {}, '使用其他号码')
  other.addEventListener('click', () => {
    field.hidden = false
    other.hidden = true
    field.focus()
  })
  const allow = () => {
    const typed = field.value.trim()
    if (field.hidden) answer(true)
    else if (NUMBER.test(typed)) answer({ number: typed })
    else field.focus()
  }
  field.addEventListener('keydown', ({ key }) => {
    if (key === 'Enter') allow()
  })
  return h(
    'div',
    'mph-sheet mph-permission',
    {},
    appMark(bundle.projectName),
    h('h2', '', {}, String(content.title)),
    h('p', '', {}, known === '' ? '微信绑定的手机号' : `${known}　微信绑定号码`),
    field,
    other,
    h(
      'footer',
      '',
      {},
      h('button', 'mph-cancel', { onclick: () => answer(false) }, '拒绝'),
      h('button', 'mph-confirm', { onclick: allow }, '允许'),
    ),
  )
}
