import type { glassEasel } from 'glass-easel-miniprogram-adapter'
import { groupValue } from './choices.ts'
import { fire, tap } from './component-events.ts'
import type { Builtin, BuiltinDefinition, BuiltinRuntime } from './definition.ts'
import { asBuiltin, builtinTag } from './definition.ts'
import { openTypeTapped } from './open-types.ts'
import {
  asCustom,
  closestBuiltin,
  composedChildrenOf,
  dataOf,
  descendantsOf,
  isWithin,
} from './tree.ts'

const HOVER = {
  hoverClass: 'none',
  hoverStopPropagation: false,
  hoverStartTime: 20,
  hoverStayTime: 70,
}

export const FORMS: Record<string, BuiltinDefinition> = {
  button: {
    properties: {
      ...HOVER,
      size: 'default',
      type: 'default',
      plain: false,
      disabled: false,
      loading: false,
      formType: '',
      openType: '',
      lang: 'en',
      sessionFrom: '',
      sendMessageTitle: '',
      sendMessagePath: '',
      sendMessageImg: '',
      appParameter: '',
      showMessageCard: false,
      phoneNumberNoQuotaToast: true,
    },
    values: {
      openType: [
        'getPhoneNumber',
        'chooseAvatar',
        'getUserInfo',
        'agreePrivacyAuthorization',
        'share',
        'contact',
        'openSetting',
        'feedback',
      ],
      formType: ['submit', 'reset'],
    },
    onTap(button, runtime) {
      if (dataOf(button).disabled || dataOf(button).loading) return
      const form = closestBuiltin(button, 'form')
      if (form && dataOf(button).formType === 'submit') submit(form, runtime)
      if (form && dataOf(button).formType === 'reset') reset(form)
      if (dataOf(button).openType) openTypeTapped(button, runtime)
    },
  },
  form: { properties: { reportSubmit: false, reportSubmitTimeout: 0 } },
  label: { properties: { for: '' }, onTap: tapLabelled },
}

/**
 * Values of a form's named fields. Fields inside a component count only when it has the behavior
 * `wx://form-field-group`; a component with `wx://form-field` is a field itself.
 */
const formValues = (form: glassEasel.Element, runtime: BuiltinRuntime): Record<string, unknown> => {
  const values: Record<string, unknown> = {}
  const closed = new Set<unknown>()
  const visit = (element: glassEasel.Element): void => {
    for (const child of composedChildrenOf(element)) {
      const component = child.asGeneralComponent()
      const name = component && dataOf(component).name
      const visible = !closed.has(child.ownerShadowRoot)
      if (
        component &&
        visible &&
        typeof name === 'string' &&
        name !== '' &&
        isField(component, runtime)
      ) {
        values[name] = fieldValue(component)
      }
      const custom = asCustom(child)
      if (custom && !runtime.components.behaves(custom, 'wx://form-field-group'))
        closed.add(custom.getShadowRoot())
      visit(child)
    }
  }
  visit(form)
  return values
}

const FIELD_TAGS = new Set([
  'input',
  'textarea',
  'switch',
  'slider',
  'picker',
  'checkbox-group',
  'radio-group',
])

const isField = (
  component: glassEasel.GeneralComponent,
  { components }: BuiltinRuntime,
): boolean => {
  const tag = builtinTag(component)
  return tag === null ? components.behaves(component, 'wx://form-field') : FIELD_TAGS.has(tag)
}

const fieldValue = (field: glassEasel.GeneralComponent): unknown => {
  const tag = builtinTag(field)
  if (tag === 'switch') return dataOf(field).checked
  if (tag === 'checkbox-group' || tag === 'radio-group') return groupValue(field, tag)
  return dataOf(field).value
}

const submit = (form: Builtin, runtime: BuiltinRuntime): void => {
  fire(form, 'submit', { value: formValues(form, runtime), formId: 'the formId is a mock one' })
}

const reset = (form: Builtin): void => {
  for (const element of descendantsOf(form)) {
    asBuiltin(element, 'input', 'textarea')?.setData({ value: '' })
    asBuiltin(element, 'switch', 'checkbox', 'radio')?.setData({ checked: false })
    const slider = asBuiltin(element, 'slider')
    slider?.setData({ value: dataOf(slider).min })
  }
  fire(form, 'reset', {})
}

const LABELLED = ['button', 'checkbox', 'radio', 'switch', 'input', 'textarea']

function tapLabelled(label: Builtin, runtime: BuiltinRuntime, target: glassEasel.Element): void {
  const wanted = dataOf(label).for
  const scope = label.ownerShadowRoot
  const candidates =
    typeof wanted === 'string' && wanted !== '' && scope
      ? descendantsOf(scope as glassEasel.Element).filter((element) => element.id === wanted)
      : descendantsOf(label)
  const control = candidates.flatMap((element) => asBuiltin(element, ...LABELLED) ?? [])[0]
  // A control that was tapped itself has already received the tap.
  if (control && !isWithin(target, control))
    runtime.components.tapAsLabelled(control, () => tap(control))
}
