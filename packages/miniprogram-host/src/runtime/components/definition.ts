import type { glassEasel } from 'glass-easel-miniprogram-adapter'
import type { ErrorReporter } from '../errors.ts'
import type { HostBindings } from '../host-bindings.ts'
import type { Router } from '../router/router.ts'
import type { HostUi } from '../ui/host-ui.ts'
import type { FileStore } from '../wx/file-store.ts'
import type { Privacy } from '../wx/privacy-state.ts'
import type { SystemState } from '../wx/system-state.ts'

/** A built-in component that is alive. */
export type Builtin = glassEasel.GeneralComponent

/** The part of the view that draws built-in components. */
export interface BuiltinView {
  /** A built-in component came to life: gives it the look and the input of its kind. */
  adopt(component: Builtin, tag: string): void
  /** A built-in component's data changed. */
  update(component: Builtin, tag: string): void
  /** Throws when there is no layout to ask. */
  domProperty(element: glassEasel.Element, name: string): unknown
}

/** The part of the component registry that forms and labels use. */
export interface FormComponents {
  /** Whether a component has a built-in behavior, such as `wx://form-field`. */
  behaves(component: glassEasel.GeneralComponent, behavior: string): boolean
  /** Taps a label's control without the label hearing it again. */
  tapAsLabelled(control: glassEasel.Element, tap: () => void): void
}

/** What built-in components use of the running mini-program. */
export interface BuiltinRuntime {
  environment: HostBindings & { view: BuiltinView }
  errors: ErrorReporter
  components: FormComponents
  router: Router
  ui: HostUi
  files: FileStore
  privacy: Privacy
  system: SystemState
}

/** Default values of properties; the type of a property is that of its default, null takes any. */
export type PropertyDefaults = Record<string, string | number | boolean | null>

/** What a built-in tag is made of, apart from its look. */
export interface BuiltinDefinition {
  properties: PropertyDefaults
  /** Open types, and the like, that canIUse knows by property. */
  values?: Record<string, readonly string[]>
  /** What a tap does beside reaching the app's handlers; `target` is what was tapped, inside or itself. */
  onTap?(component: Builtin, runtime: BuiltinRuntime, target: glassEasel.Element): void
  onAttached?(component: Builtin, runtime: BuiltinRuntime): void
  /** Functions that the automation protocol calls on an element, by the part after the dot. */
  functions?: Record<
    string,
    (component: Builtin, runtime: BuiltinRuntime, ...values: unknown[]) => unknown
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
