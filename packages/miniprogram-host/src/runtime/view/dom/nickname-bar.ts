import { typeText } from '../../components/text-fields.ts'
import { dataOf } from '../../components/tree.ts'
import type { Runtime } from '../../runtime.ts'
import { elementOf } from './dom-view.ts'
import { h } from './elements.ts'

/** Above the keyboard of a nickname field WeChat offers the person's own nickname. */
export const nicknameBar = (runtime: Runtime): HTMLElement | null => {
  const field = runtime.ui.focused
  if (!field || dataOf(field).type !== 'nickname') return null
  const name = h('span', '', {}, '…')
  const bar = h('button', 'nickname-bar', {}, h('small', '', {}, '用微信昵称填写'), name)
  void runtime.environment.call('platform.nickname', null).then((nickname) => {
    name.textContent = nickname
    bar.hidden = nickname === ''
  })
  // The field must keep its focus until its text is set.
  bar.addEventListener('mousedown', (event) => {
    event.preventDefault()
    typeText(field, name.textContent ?? '')
    elementOf(field)?.querySelector('input')?.blur()
  })
  return bar
}
