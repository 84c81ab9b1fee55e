import type { glassEasel } from 'glass-easel-miniprogram-adapter'
import type { Runtime } from '../runtime.ts'

/** A built-in component that is alive. */
export type Builtin = glassEasel.GeneralComponent

/** Default values of properties; the type of a property is that of its default, null takes any. */
export type PropertyDefaults = Record<string, string | number | boolean | null>

/** What a built-in tag is made of, apart from its look. */
export interface BuiltinDefinition {
  properties: PropertyDefaults
  /** Open types, and the like, that canIUse knows by property. */
  values?: Record<string, readonly string[]>
  /** What a tap does beside reaching the app's handlers; `target` is what was tapped, inside or itself. */
  onTap?(component: Builtin, runtime: Runtime, target: glassEasel.Element): void
  onAttached?(component: Builtin, runtime: Runtime): void
  /** Functions that the automation protocol calls on an element, by the part after the dot. */
  functions?: Record<
    string,
    (component: Builtin, runtime: Runtime, ...values: unknown[]) => unknown
  >
}

const PREFIX = 'wx:'

/** Name of a built-in in the component space. */
export const builtinName = (tag: string): string => PREFIX + tag

/** Tag of a built-in component; null for the app's own components. */
export const builtinTag = (component: glassEasel.GeneralComponent): string | null =>
  component.is.startsWith(PREFIX) ? component.is.slice(PREFIX.length) : null

/** The built-in of that tag which an element is, or null. */
export const asBuiltin = (element: glassEasel.Node, ...tags: string[]): Builtin | null => {
  const component = element.asElement()?.asGeneralComponent() ?? null
  const tag = component && builtinTag(component)
  return tag !== null && (tags.length === 0 || tags.includes(tag)) ? component : null
}
