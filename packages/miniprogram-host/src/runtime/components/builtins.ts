import type { CodeSpace, glassEasel } from 'glass-easel-miniprogram-adapter'
import { CHOICES } from './choices.ts'
import { CONTAINERS } from './containers.ts'
import { CONTENTS } from './contents.ts'
import type { BuiltinDefinition, BuiltinRuntime, PropertyDefaults } from './definition.ts'
import { builtinName } from './definition.ts'
import { FORMS } from './forms.ts'
import { targetOf } from './plain-events.ts'
import { TEXT_FIELDS } from './text-fields.ts'

/** All built-in tags. */
export const BUILTINS: Record<string, BuiltinDefinition> = {
  ...CONTAINERS,
  ...CONTENTS,
  ...TEXT_FIELDS,
  ...CHOICES,
  ...FORMS,
}

/** Behaviors that an app names by string, in the adapter's internal form. */
export type BuiltinBehaviors = Record<string, { _$: glassEasel.GeneralBehavior }>

/** Properties that every tag has. */
const COMMON: PropertyDefaults = {
  hidden: false,
  ariaRole: null,
  ariaLabel: null,
  ariaLabelledby: null,
  ariaDescribedby: null,
  ariaHidden: null,
  ariaDisabled: null,
  ariaChecked: null,
  ariaSelected: null,
  ariaExpanded: null,
  ariaPressed: null,
  ariaModal: null,
  ariaLive: null,
  ariaBusy: null,
  ariaValuenow: null,
}

/** Registers the built-in tags in a code space; returns the built-in behaviors by name. */
export const registerBuiltins = (
  space: CodeSpace,
  runtime: () => BuiltinRuntime,
): BuiltinBehaviors => {
  const components = space.getComponentSpace()
  for (const [tag, definition] of Object.entries(BUILTINS)) {
    const defined = components.defineComponent({
      is: builtinName(tag),
      properties: propertyTypes({ ...definition.properties, ...COMMON }) as never,
      observers: [
        {
          fields: '**',
          observer(this: unknown) {
            const component = this as glassEasel.GeneralComponent
            if (adopted.has(component)) runtime().environment.view.update(component, tag)
          },
        },
      ] as never,
      lifetimes: {
        attached(this: unknown) {
          adopt(this as glassEasel.GeneralComponent, tag, definition, runtime())
        },
      },
    } as never)
    components.setGlobalUsingComponent(
      tag,
      defined as unknown as glassEasel.GeneralComponentDefinition,
    )
  }
  return builtinBehaviors(space)
}

const builtinBehaviors = (space: CodeSpace): BuiltinBehaviors => {
  const components = space.getComponentSpace()
  const define = (is: string, properties: object = {}) => ({
    _$: components.defineBehavior({
      is,
      properties,
    } as never) as unknown as glassEasel.GeneralBehavior,
  })
  const name = { type: String, value: '' }
  return {
    'wx://form-field': define('wx://form-field', { name, value: { type: null, value: null } }),
    'wx://form-field-group': define('wx://form-field-group'),
    'wx://form-field-button': define('wx://form-field-button'),
    'wx://component-export': define('wx://component-export'),
  }
}

const adopted = new WeakSet<glassEasel.GeneralComponent>()

const adopt = (
  component: glassEasel.GeneralComponent,
  tag: string,
  definition: BuiltinDefinition,
  runtime: BuiltinRuntime,
): void => {
  if (adopted.has(component)) return
  adopted.add(component)
  const { onTap } = definition
  if (onTap)
    component.addListener('tap', (event) => onTap(component, runtime, targetOf(event) ?? component))
  runtime.environment.view.adopt(component, tag)
  definition.onAttached?.(component, runtime)
}

const TYPES = { string: String, number: Number, boolean: Boolean } as const

const propertyTypes = (
  defaults: PropertyDefaults,
): Record<string, { type: unknown; value: unknown }> =>
  Object.fromEntries(
    Object.entries(defaults).map(([name, value]) => [
      name,
      { type: value === null ? null : TYPES[typeof value as keyof typeof TYPES], value },
    ]),
  )
