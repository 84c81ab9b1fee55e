import type { Dialog, DialogKind } from '../../ui/host-ui.ts'
import { appMark, h } from './elements.ts'
import type { DomRuntime } from './look.ts'
import { phoneSheet } from './phone-sheet.ts'
import { pickerSheet } from './picker-sheet.ts'
import { scanner } from './scanner.ts'
import { settingsSheet, subscribeSheet } from './subscribe-sheet.ts'

type Draw = (dialog: Dialog, runtime: DomRuntime) => HTMLElement

/** The element of an open dialog, with buttons that answer it. */
export const dialogElement = (dialog: Dialog, runtime: DomRuntime): HTMLElement => {
  const box = DRAW[dialog.kind](dialog, runtime)
  box.setAttribute('role', 'dialog')
  box.setAttribute('aria-modal', 'true')
  return h(
    'div',
    `mph-dialog-mask ${box.classList.contains('mph-sheet') ? 'mph-bottom' : ''}`,
    {},
    box,
  )
}

const text = (value: unknown): string => String(value ?? '')

const modal: Draw = ({ content, answer }) => {
  const input = content.editable
    ? h('input', 'mph-modal-input', {
        placeholder: text(content.placeholderText),
        value: text(content.content),
      })
    : null
  const reply = (confirm: boolean) => () => answer({ confirm, content: input?.value })
  return h(
    'div',
    'mph-modal',
    {},
    content.title !== '' && h('h2', '', {}, text(content.title)),
    input ?? h('p', '', {}, text(content.content)),
    h(
      'footer',
      '',
      {},
      content.showCancel === true &&
        coloured(
          h('button', 'mph-cancel', { onclick: reply(false) }, text(content.cancelText)),
          content.cancelColor,
        ),
      coloured(
        h('button', 'mph-confirm', { onclick: reply(true) }, text(content.confirmText)),
        content.confirmColor,
      ),
    ),
  )
}

/** Sets the text colour that the app asked for, if any. */
const coloured = (button: HTMLElement, colour: unknown): HTMLElement => {
  button.style.color = text(colour)
  return button
}

const actionSheet: Draw = ({ content, answer }) => {
  const items = Array.isArray(content.itemList) ? content.itemList : []
  return h(
    'div',
    'mph-sheet mph-action-sheet',
    {},
    content.alertText ? h('p', 'mph-hint', {}, text(content.alertText)) : null,
    ...items.map((item: unknown, index) =>
      h('button', '', { onclick: () => answer(index) }, text(item)),
    ),
    h('button', 'mph-cancel', { onclick: () => answer(false) }, '取消'),
  )
}

/** A sheet that asks for a permission. */
const permission =
  (allow: string, explain: (content: Record<string, unknown>) => string): Draw =>
  ({ content, answer }, { bundle }) =>
    h(
      'div',
      'mph-sheet mph-permission',
      {},
      h('div', 'mph-applicant', {}, appMark(bundle.projectName), '申请'),
      h('h2', '', {}, text(content.title)),
      h('p', '', {}, explain(content)),
      h(
        'footer',
        '',
        {},
        h('button', 'mph-cancel', { onclick: () => answer(false) }, '拒绝'),
        h('button', 'mph-confirm', { onclick: () => answer(true) }, allow),
      ),
    )

/** A sheet that answers with a file of this machine, or true for the one that the host has. */
const chooser =
  (accept: string, own: string, other: string): Draw =>
  ({ content, answer }) => {
    const file = h('input', '', { type: 'file', accept, hidden: true })
    file.addEventListener('change', () => {
      const [picked] = file.files ?? []
      if (!picked) return
      const reader = new FileReader()
      reader.addEventListener('load', () =>
        answer({ name: picked.name, base64: text(reader.result).split(',')[1] ?? '' }),
      )
      reader.readAsDataURL(picked)
    })
    return h(
      'div',
      'mph-sheet mph-action-sheet',
      {},
      h('p', 'mph-hint', {}, text(content.title)),
      h('button', '', { onclick: () => answer(true) }, own),
      h('button', '', { onclick: () => file.click() }, other),
      file,
      h('button', 'mph-cancel', { onclick: () => answer(false) }, '取消'),
    )
  }

const DRAW: Record<DialogKind, Draw> = {
  modal,
  actionSheet,
  avatar: chooser('image/*', '用微信头像', '从相册选择'),
  file: chooser('*/*', '用示例文件', '从本机选择'),
  picker: pickerSheet,
  phone: phoneSheet,
  authorize: permission('允许', ({ desc }) => text(desc)),
  privacy: permission('同意', () => '在使用之前，请阅读并同意小程序的隐私保护指引'),
  subscribe: subscribeSheet,
  settings: settingsSheet,
  scan: scanner,
}
