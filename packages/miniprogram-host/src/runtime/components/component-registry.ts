import type { CodeSpace, component } from 'glass-easel-miniprogram-adapter'
import { glassEasel, MiniProgramEnv } from 'glass-easel-miniprogram-adapter'
import type { Bundle, Unit, UnitConfig } from '../../compile/bundle.ts'
import type { ErrorReporter } from '../errors.ts'
import { record } from '../plain.ts'
import type { PageComponents } from '../router/page-record.ts'
import type { View } from '../view/view.ts'
import type { BuiltinBehaviors } from './builtins.ts'
import { registerBuiltins } from './builtins.ts'
import type { BuiltinRuntime, FormComponents } from './definition.ts'
import { sendPlainEvents } from './plain-events.ts'

/** The mini-program's pages and components, registered with glass-easel. */
export interface ComponentRegistry extends PageComponents, FormComponents {
  /** Page(), Component() and Behavior() for the script being evaluated. */
  constructors: Record<'Page' | 'Component' | 'Behavior', (definition: unknown) => unknown>
  /** Evaluates the scripts of all units, components before the units that use them. */
  registerUnits(load: (script: string) => void): void
}

/** What the registry uses of the running mini-program. */
interface RegistryRuntime {
  bundle: Bundle
  environment: { view: Pick<View, 'createContext'> }
  errors: ErrorReporter
  viewUpdated(): Promise<void>
}

type Definition = Record<string, unknown>

/** `builtinRuntime` is first called when a component is attached, after the assembly. */
export const createComponentRegistry = (
  { bundle, environment, errors, viewUpdated }: RegistryRuntime,
  templates: glassEasel.template.ComponentTemplate['groupList'],
  builtinRuntime: () => BuiltinRuntime,
): ComponentRegistry => {
  prepareGlassEasel(errors)
  const env = new MiniProgramEnv()
  const backend = env.associateBackend(environment.view.createContext())
  const space = env.createCodeSpace('app', true)
  const builtinBehaviors = registerBuiltins(space, builtinRuntime)
  announceReady(space, viewUpdated)
  for (const unit of bundle.units) addUnit(space, backend, unit, bundle.styles, templates ?? {})
  backend.registerStyleSheetContent('app', bundle.styles.app ?? '')
  space.addStyleSheet('app', 'app')

  let unitNow: Unit | null = null
  let registered = false
  let labelTapped: glassEasel.Element | null = null
  const construct = (kind: 'Page' | 'Component') => (definition: unknown) => {
    if (!unitNow)
      throw new Error(`${kind}() must be called while the script of a page or component is loaded`)
    registered = true
    const known = withBuiltinBehaviors(record(definition), builtinBehaviors)
    return space.componentEnv(unitNow.path, (own) => {
      const register = own[kind] as (definition: Definition) => unknown
      return register(known)
    })
  }
  return {
    constructors: {
      Page: construct('Page'),
      Component: construct('Component'),
      Behavior: (definition) =>
        space.componentEnv('', (own) =>
          own.Behavior(withBuiltinBehaviors(record(definition), builtinBehaviors) as never),
        ),
    },
    registerUnits(load) {
      for (const unit of bundle.units) {
        unitNow = unit
        registered = false
        load(unit.script)
        if (!registered) {
          throw new Error(`${unit.script}: neither Page() nor Component() was called`)
        }
      }
      unitNow = null
    },
    createRoot: (path) => backend.createRoot('page', space, path),
    configOf: (path) => bundle.units.find((unit) => unit.path === path)?.config ?? {},
    behaves(component, name) {
      const behavior = builtinBehaviors[name]
      return behavior !== undefined && component.hasBehavior(behavior._$)
    },
    tapAsLabelled(control, tap) {
      if (labelTapped === control) return
      labelTapped = control
      tap()
      labelTapped = null
    },
  }
}

const prepareGlassEasel = (errors: ErrorReporter): void => {
  sendPlainEvents()
  glassEasel.globalOptions.throwGlobalError = false
  glassEasel.globalOptions.writeIdToDOM = true
  // A component's property named `data` must not hide the node's own field.
  glassEasel.globalOptions.writeFieldsToNode = false
  glassEasel.addGlobalErrorListener((error) => {
    errors.report(error)
    return false
  })
}

const addUnit = (
  space: CodeSpace,
  backend: ReturnType<MiniProgramEnv['associateBackend']>,
  unit: Unit,
  styles: Record<string, string>,
  groupList: NonNullable<glassEasel.template.ComponentTemplate['groupList']>,
): void => {
  const config: UnitConfig = unit.config
  const content = groupList[unit.path]
  if (!content) throw new Error(`${unit.path}.wxml was not compiled`)
  space.addComponentStaticConfig(unit.path, config as never)
  space.addCompiledTemplate(unit.path, { groupList, content, fallbackListenerOnNativeNode: true })
  backend.registerStyleSheetContent(unit.path, styles[unit.path] ?? '')
  space.addStyleSheet(unit.path, unit.path, unit.styleScope ?? undefined)
}

/** Triggers `ready` after a component's first rendering; glass-easel leaves that to the host. */
const announceReady = (space: CodeSpace, viewUpdated: () => Promise<void>): void => {
  let waiting: glassEasel.GeneralComponent[] = []
  const flush = () => {
    const drawn = waiting
    waiting = []
    // Children are attached after their parents but become ready before them.
    for (const component of drawn.reverse()) component.triggerLifetime('ready', [])
  }
  const behavior = space.getComponentSpace().defineBehavior({
    lifetimes: {
      attached(this: unknown) {
        const caller = this as component.GeneralComponent
        waiting.push(caller._$ as glassEasel.GeneralComponent)
        if (waiting.length === 1) void viewUpdated().then(flush)
      },
    },
  })
  space.setOverallBehavior(behavior as unknown as glassEasel.GeneralBehavior)
}

const withBuiltinBehaviors = (definition: Definition, builtin: BuiltinBehaviors): Definition => {
  if (!Array.isArray(definition.behaviors)) return definition
  const behaviors = definition.behaviors.map((behavior: unknown) => {
    if (typeof behavior !== 'string') return behavior
    if (!(behavior in builtin)) {
      throw new Error(`behavior "${behavior}" is not supported by miniprogram-host`)
    }
    return builtin[behavior]
  })
  return { ...definition, behaviors }
}
