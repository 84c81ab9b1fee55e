import type { glassEasel } from 'glass-easel-miniprogram-adapter'
import type { ErrorReporter } from '../errors.ts'
import type { HostBindings } from '../host-bindings.ts'
import type { Router } from '../router/router.ts'
import type { QueryView } from '../selectors/query-view.ts'
import type { HostUi } from '../ui/host-ui.ts'
import type { Warn } from '../warnings.ts'
import type { FileStore } from '../wx/file-store.ts'
import type { Privacy } from '../wx/privacy-state.ts'
import type { SystemState } from '../wx/system-state.ts'

/** An instance of a built-in component. */
export type Builtin = glassEasel.GeneralComponent

/** The part of the view that draws built-in components. */
export interface BuiltinView {
  /** Called once when a built-in component is attached: creates its DOM and input handling. */
  adopt(component: Builtin, tag: string): void
  /** Called when a built-in component's data changes. */
  update(component: Builtin, tag: string): void
  /** Throws when the view has no layout. */
  domProperty(element: glassEasel.Element, name: string): unknown
}

/** The part of the component registry that forms and labels use. */
export interface FormComponents {
  /** Whether a component has a built-in behavior, such as `wx://form-field`. */
  behaves(component: glassEasel.GeneralComponent, behavior: string): boolean
  /** Taps a label's control; the label ignores that tap. */
  tapAsLabelled(control: glassEasel.Element, tap: () => void): void
}

/** What built-in components use of the running mini-program. */
export interface BuiltinRuntime {
  environment: HostBindings & { view: BuiltinView & QueryView }
  errors: ErrorReporter
  warn: Warn
  components: FormComponents
  router: Router
  ui: HostUi
  files: FileStore
  privacy: Privacy
  system: SystemState
}

/** Default values of properties, which determine their types; null allows any type. */
export type PropertyDefaults = Record<string, string | number | boolean | null>

/** The properties and behaviour of a built-in tag, without its appearance. */
export interface BuiltinDefinition {
  properties: PropertyDefaults
  /** Values by property that canIUse reports, such as open types. */
  values?: Record<string, readonly string[]>
  /** The default action of a tap; `target` is the tapped element, the component or one inside it. */
  onTap?(component: Builtin, runtime: BuiltinRuntime, target: glassEasel.Element): void
  onAttached?(component: Builtin, runtime: BuiltinRuntime): void
  /** Functions for Element.callFunction, by the part of its name after the dot. */
  functions?: Record<
    string,
    (component: Builtin, runtime: BuiltinRuntime, ...values: unknown[]) => unknown
  >
}

const PREFIX = 'wx:'

/** Name of a built-in tag in the component space. */
export const builtinName = (tag: string): string => PREFIX + tag

/** Tag of a built-in component; null for the app's own components. */
export const builtinTag = (component: glassEasel.GeneralComponent): string | null =>
  component.is.startsWith(PREFIX) ? component.is.slice(PREFIX.length) : null

/** An element as a built-in component with one of the tags (any by default), or null. */
export const asBuiltin = (element: glassEasel.Node, ...tags: string[]): Builtin | null => {
  const component = element.asElement()?.asGeneralComponent() ?? null
  const tag = component && builtinTag(component)
  return tag !== null && (tags.length === 0 || tags.includes(tag)) ? component : null
}
