import { fire } from './component-events.ts'
import type { Builtin, BuiltinDefinition } from './definition.ts'
import { asBuiltin } from './definition.ts'
import { closestBuiltin, dataOf, descendantsOf } from './tree.ts'

export const CHOICES: Record<string, BuiltinDefinition> = {
  checkbox: {
    properties: { value: '', disabled: false, checked: false, color: '#09BB07' },
    onTap(box) {
      if (dataOf(box).disabled) return
      box.setData({ checked: !dataOf(box).checked })
      fireGroupChange(box, 'checkbox-group')
    },
  },
  'checkbox-group': { properties: { name: '' } },
  radio: {
    properties: { value: '', disabled: false, checked: false, color: '#09BB07' },
    onTap(radio) {
      if (dataOf(radio).disabled || dataOf(radio).checked) return
      const group = closestBuiltin(radio, 'radio-group')
      for (const other of group ? membersOf(group, 'radio') : []) other.setData({ checked: false })
      radio.setData({ checked: true })
      fireGroupChange(radio, 'radio-group')
    },
  },
  'radio-group': { properties: { name: '' } },
  switch: {
    properties: { name: '', checked: false, disabled: false, type: 'switch', color: '#04BE02' },
    onTap: (component) => toggleSwitch(component),
    functions: { tap: (component) => toggleSwitch(component) },
  },
  slider: {
    properties: {
      name: '',
      value: 0,
      min: 0,
      max: 100,
      step: 1,
      disabled: false,
      showValue: false,
      activeColor: '#1aad19',
      backgroundColor: '#e9e9e9',
      blockSize: 28,
      blockColor: '#ffffff',
    },
    functions: {
      slideTo: (slider, _runtime, value) => slideTo(slider, Number(value), true),
    },
  },
}

/** Moves a slider to the nearest step; `done` when the finger has left it. */
export const slideTo = (slider: Builtin, wanted: number, done: boolean): void => {
  const { min, max, step, disabled } = dataOf(slider) as Record<string, number>
  if (disabled) return
  const from = min ?? 0
  const steps = Math.round((wanted - from) / (step || 1)) * (step || 1)
  const value = Math.min(Math.max(from + steps, from), max ?? 100)
  slider.setData({ value })
  fire(slider, done ? 'change' : 'changing', { value })
}

/** The value of a group: a list for check boxes, one value for radio buttons. */
export const groupValue = (group: Builtin, tag: 'checkbox-group' | 'radio-group'): unknown => {
  const member = tag === 'radio-group' ? 'radio' : 'checkbox'
  const chosen = membersOf(group, member)
    .filter((box) => dataOf(box).checked)
    .map((box) => dataOf(box).value)
  return tag === 'radio-group' ? (chosen[0] ?? '') : chosen
}

const toggleSwitch = (component: Builtin): void => {
  if (dataOf(component).disabled) return
  component.setData({ checked: !dataOf(component).checked })
  fire(component, 'change', { value: dataOf(component).checked })
}

const fireGroupChange = (box: Builtin, tag: 'checkbox-group' | 'radio-group'): void => {
  const group = closestBuiltin(box, tag)
  if (group) fire(group, 'change', { value: groupValue(group, tag) })
}

const membersOf = (group: Builtin, tag: string): Builtin[] =>
  descendantsOf(group).flatMap((element) => asBuiltin(element, tag) ?? [])
