import { typeText } from '../../components/text-fields.ts'
import { dataOf } from '../../components/tree.ts'
import { elementOf, h } from './elements.ts'
import type { DomRuntime } from './look.ts'

/**
 * The bar above the keyboard with which WeChat offers the user's nickname in a nickname field.
 * Without consent to the privacy agreement the field is a plain one, and the bar must not cover the
 * dialog.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/userProfile.html
 */
export const nicknameBar = (runtime: DomRuntime): HTMLElement | null => {
  const { focused: field, dialogs } = runtime.ui
  if (!field || dataOf(field).type !== 'nickname') return null
  if (runtime.privacy.isMissing || dialogs.length > 0) return null
  const name = h('span', '', {}, '…')
  const bar = h('button', 'mph-nickname-bar', {}, h('small', '', {}, '用微信昵称填写'), name)
  void runtime.environment.call('platform.nickname', null).then((nickname) => {
    name.textContent = nickname
    bar.hidden = nickname === ''
  })
  // Keeps the focus in the field until its text is set.
  bar.addEventListener('mousedown', (event) => {
    event.preventDefault()
    typeText(field, name.textContent ?? '')
    elementOf(field)?.querySelector('input')?.blur()
  })
  return bar
}
