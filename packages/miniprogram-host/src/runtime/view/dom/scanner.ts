import type { Dialog } from '../../ui/host-ui.ts'
import { h } from './elements.ts'

/** The scanner. A browser has no second phone to look at: the user types what the code says. */
export const scanner = ({ content, answer }: Dialog): HTMLElement => {
  const field = h('input', 'mph-modal-input', {
    placeholder: '二维码的内容',
    ariaLabel: '二维码的内容',
  })
  const seen = (from: string) => () => {
    const scan = field.value.trim()
    if (scan === '') field.focus()
    else answer({ scan, from })
  }
  field.addEventListener('keydown', ({ key }) => {
    if (key === 'Enter') seen('camera')()
  })
  return h(
    'div',
    'mph-sheet mph-action-sheet',
    {},
    h('p', 'mph-hint', {}, '扫一扫：这里没有相机，请输入二维码的内容'),
    field,
    h('button', '', { onclick: seen('camera') }, '扫到了'),
    content.onlyFromCamera === true
      ? null
      : h('button', '', { onclick: seen('album') }, '从相册选择'),
    h('button', 'mph-cancel', { onclick: () => answer(false) }, '取消'),
  )
}
