import type { glassEasel } from 'glass-easel-miniprogram-adapter'
import { blurField, confirmField, focusField, typeText } from '../../components/text-fields.ts'
import type { DomRuntime, Look } from './look.ts'
import { styleScopeOf } from './style-scope.ts'

type Field = HTMLInputElement | HTMLTextAreaElement

/** Text fields, each with a native field inside that receives the input. */
export const FIELD_LOOKS: Record<string, Look> = {
  input: {
    create(host, component, runtime) {
      connectField(host, document.createElement('input'), component, runtime)
    },
    update(host, data, component, runtime) {
      const field = fieldOf(host)
      if (!(field instanceof HTMLInputElement)) return
      field.type = data.password || data.type === 'safe-password' ? 'password' : 'text'
      field.inputMode = INPUT_MODES[String(data.type)] ?? 'text'
      updateField(host, field, data, component, runtime)
    },
  },
  textarea: {
    attributes: ['autoHeight'],
    create(host, component, runtime) {
      connectField(host, document.createElement('textarea'), component, runtime)
    },
    update(host, data, component, runtime) {
      const field = fieldOf(host)
      if (!field) return
      updateField(host, field, data, component, runtime)
      if (data.autoHeight) growWithText(host, field)
    },
  },
}

const INPUT_MODES: Record<string, string> = { number: 'numeric', digit: 'decimal', idcard: 'text' }

const fieldOf = (host: HTMLElement): Field | null => host.querySelector<Field>('input, textarea')

const connectField = (
  host: HTMLElement,
  field: Field,
  component: glassEasel.GeneralComponent,
  runtime: DomRuntime,
): void => {
  const placeholder = document.createElement('div')
  placeholder.className = 'mph-field-placeholder'
  host.append(placeholder, field)
  field.addEventListener('input', () => {
    const kept = typeText(component, field.value)
    if (kept !== field.value) field.value = kept
  })
  field.addEventListener('focus', () => {
    focusField(component, runtime)
    runtime.ui.focused = component
    runtime.ui.changed()
  })
  field.addEventListener('blur', () => {
    void blurField(component, runtime)
    runtime.ui.focused = null
    runtime.ui.changed()
  })
  field.addEventListener('keydown', (event) => {
    const key = event as KeyboardEvent
    if (key.key !== 'Enter' || key.isComposing || field instanceof HTMLTextAreaElement) return
    confirmField(component)
    if (!(component.data as Record<string, unknown>).confirmHold) field.blur()
  })
}

const updateField = (
  host: HTMLElement,
  field: Field,
  data: Record<string, unknown>,
  component: glassEasel.GeneralComponent,
  runtime: DomRuntime,
): void => {
  const value = String(data.value ?? '')
  if (field.value !== value) field.value = value
  field.disabled = data.disabled === true
  field.setAttribute('aria-label', String(data.ariaLabel || data.placeholder || ''))
  const placeholder = host.querySelector<HTMLElement>('.mph-field-placeholder')
  if (placeholder) {
    placeholder.textContent = value === '' ? String(data.placeholder ?? '') : ''
    placeholder.setAttribute('style', String(data.placeholderStyle ?? ''))
    const scope = styleScopeOf(component, runtime)
    const names = String(data.placeholderClass ?? '')
      .split(/\s+/)
      .filter(Boolean)
    placeholder.className = ['mph-field-placeholder', ...names.map((name) => scope + name)].join(
      ' ',
    )
  }
  if (data.focus === true && document.activeElement !== field) queueMicrotask(() => field.focus())
}

const growWithText = (host: HTMLElement, field: Field): void => {
  host.style.height = 'auto'
  field.style.height = 'auto'
  field.style.height = `${field.scrollHeight}px`
}
