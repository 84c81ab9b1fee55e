import type { HostBindings } from '../host-bindings.ts'
import { record } from '../plain.ts'
import type { Privacy } from '../wx/privacy-state.ts'
import { fire, fireForReply } from './component-events.ts'
import type { Builtin, BuiltinDefinition } from './definition.ts'
import { dataOf } from './tree.ts'

/** What text fields use of the running mini-program. */
export interface FieldRuntime {
  environment: Pick<HostBindings, 'call'>
  privacy: Privacy
}

const SHARED = {
  value: '',
  name: '',
  disabled: false,
  placeholder: '',
  placeholderStyle: '',
  placeholderClass: 'input-placeholder',
  maxlength: 140,
  cursorSpacing: 0,
  focus: false,
  autoFocus: false,
  confirmType: 'done',
  confirmHold: false,
  cursor: -1,
  selectionStart: -1,
  selectionEnd: -1,
  adjustPosition: true,
  holdKeyboard: false,
  alwaysEmbed: false,
}

export const TEXT_FIELDS: Record<string, BuiltinDefinition> = {
  input: {
    properties: { ...SHARED, type: 'text', password: false },
    values: { type: ['text', 'number', 'idcard', 'digit', 'safe-password', 'nickname'] },
    functions: { input: (field, runtime, text) => typeWhole(field, runtime, String(text ?? '')) },
  },
  textarea: {
    properties: {
      ...SHARED,
      autoHeight: false,
      fixed: false,
      showConfirmBar: true,
      disableDefaultPadding: false,
    },
    functions: { input: (field, runtime, text) => typeWhole(field, runtime, String(text ?? '')) },
  },
}

/** Focuses a field, types the text and leaves the field, for the protocol's `input`. */
const typeWhole = (field: Builtin, runtime: FieldRuntime, text: string): void => {
  if (dataOf(field).disabled) return
  focusField(field, runtime)
  typeText(field, text)
  void blurField(field, runtime)
}

export const focusField = (field: Builtin, runtime: FieldRuntime): void => {
  if (dataOf(field).type === 'nickname') void runtime.privacy.refusal('input.type.nickname')
  fire(field, 'focus', { value: dataOf(field).value, height: 0 })
}

/**
 * Changes a field's text and fires `input`. When the app's handler returns a string or `{ value }`,
 * that becomes the text. Returns the resulting text.
 */
export const typeText = (field: Builtin, typed: string): string => {
  const limit = Number(dataOf(field).maxlength)
  const value = limit >= 0 ? truncate(typed, limit) : typed
  field.setData({ value })
  const reply = fireForReply(field, 'input', {
    value,
    cursor: value.length,
    keyCode: value.charCodeAt(value.length - 1) || 0,
  })
  const replaced = typeof reply === 'string' ? reply : record(reply).value
  if (typeof replaced === 'string') field.setData({ value: replaced })
  return String(dataOf(field).value ?? '')
}

/** Leaves a field. The platform checks a nickname, and the field is cleared if it is refused. */
export const blurField = async (field: Builtin, runtime: FieldRuntime): Promise<void> => {
  const value = String(dataOf(field).value ?? '')
  fire(field, 'blur', { value, cursor: value.length })
  fire(field, 'change', { value })
  if (dataOf(field).type !== 'nickname' || value === '') return
  const pass = await runtime.environment.call('platform.checkNickname', { nickname: value })
  if (!pass && dataOf(field).value === value) {
    field.setData({ value: '' })
    fireForReply(field, 'input', { value: '', cursor: 0, keyCode: 0 })
  }
  fire(field, 'nicknamereview', { pass, timeout: false })
}

export const confirmField = (field: Builtin): void => {
  fire(field, 'confirm', { value: dataOf(field).value })
}

/** Truncates text to a length in UTF-16 units without splitting a surrogate pair. */
const truncate = (text: string, limit: number): string => {
  const cut = text.slice(0, limit)
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut
}
