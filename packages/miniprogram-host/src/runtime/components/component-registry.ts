import type { CodeSpace } from 'glass-easel-miniprogram-adapter'
import { glassEasel, MiniProgramEnv } from 'glass-easel-miniprogram-adapter'
import type { Bundle, Unit, UnitConfig } from '../../compile/bundle.ts'
import { CUSTOM_TAB_BAR } from '../../custom-tab-bar.ts'
import type { ErrorReporter } from '../errors.ts'
import type { HostBindings } from '../host-bindings.ts'
import type { Modules } from '../loader/modules.ts'
import { record } from '../plain.ts'
import type { PageComponents } from '../router/page-record.ts'
import { createSelectorQuery } from '../selectors/selector-query.ts'
import type { View } from '../view/view.ts'
import type { Warn } from '../warnings.ts'
import { addToAllComponents } from './all-components.ts'
import { registerBuiltins } from './builtins.ts'
import type { BuiltinRuntime, FormComponents } from './definition.ts'
import { readDefinition, takeOutObjects } from './definitions.ts'
import { instanceMethods } from './instance-methods.ts'
import { sendPlainEvents } from './plain-events.ts'
import { createUnitLoader } from './unit-loader.ts'

/** The mini-program's pages and components, registered with glass-easel. */
export interface ComponentRegistry extends PageComponents, FormComponents {
  /** Page(), Component() and Behavior() for the script being evaluated. */
  constructors: Record<'Page' | 'Component' | 'Behavior', (definition: unknown) => unknown>
  /** Evaluates the scripts of the main package's pages, after those of their components. */
  loadMain(): void
}

/** What the registry uses of the running mini-program. */
interface RegistryRuntime {
  bundle: Bundle
  environment: Pick<HostBindings, 'setTimeout'> & { view: Pick<View, 'createContext'> }
  errors: ErrorReporter
  warn: Warn
  modules: Pick<Modules, 'load' | 'evaluating'>
  viewUpdated(): Promise<void>
}

type Definition = Record<string, unknown>

/** What is shown instead of a page that cannot be created. */
const EMPTY_PAGE = 'miniprogram-host/empty-page'

/** `builtinRuntime` is first called when a component is attached, after the assembly. */
export const createComponentRegistry = (
  { bundle, environment, errors, warn, modules, viewUpdated }: RegistryRuntime,
  templates: glassEasel.template.ComponentTemplate['groupList'],
  builtinRuntime: () => BuiltinRuntime,
): ComponentRegistry => {
  prepareGlassEasel(errors)
  const env = new MiniProgramEnv()
  const backend = env.associateBackend(environment.view.createContext())
  const space = env.createCodeSpace('app', true)
  const getTabBar = (callback: unknown): unknown => {
    const instance = builtinRuntime().router.top()?.tabBar?.get() ?? null
    if (typeof callback === 'function') callback(instance)
    return instance
  }
  const methods = instanceMethods({
    setTimeout: environment.setTimeout,
    getTabBar,
    createQuery: (component) => createSelectorQuery(builtinRuntime(), component),
  })
  const rules = { behaviors: registerBuiltins(space, builtinRuntime), warn }
  addToAllComponents(space, viewUpdated, methods)
  for (const unit of bundle.units) addUnit(space, backend, unit, bundle.styles, templates ?? {})
  backend.registerStyleSheetContent('app', bundle.styles.app ?? '')
  space.addStyleSheet('app', 'app')
  define(space, EMPTY_PAGE, 'Page', {})

  const loader = createUnitLoader({
    bundle,
    errors,
    modules,
    registerEmpty: ({ path, component }) =>
      define(space, path, component ? 'Component' : 'Page', {}),
  })
  space.getComponentSpace().setComponentWaitingListener((_isPublic, path) => {
    // Not during the rendering that shows the placeholder.
    environment.setTimeout(() => loader.load(path), 0)
  })
  const objects = new Map<string, Definition>()
  let labelTapped: glassEasel.Element | null = null
  const construct = (kind: 'Page' | 'Component') => (definition: unknown) => {
    const unit = loader.current()
    if (!unit) {
      throw new Error(`${kind}() must be called while the script of a page or component is loaded`)
    }
    const read = readDefinition(record(definition), unit.path, rules)
    if (kind === 'Page') objects.set(unit.path, takeOutObjects(read))
    const result = define(space, unit.path, kind, read)
    loader.registered(unit.path)
    return result
  }
  return {
    constructors: {
      Page: construct('Page'),
      Component: construct('Component'),
      Behavior: (definition) => {
        const name = modules.evaluating.at(-1) ?? 'Behavior()'
        const read = readDefinition(record(definition), name, rules)
        return space.componentEnv('', (own) => own.Behavior(read as never))
      },
    },
    loadMain: loader.loadMain,
    createRoot(path) {
      loader.load(path)
      try {
        const root = backend.createRoot('page', space, path)
        Object.assign(root.get(), objects.get(path))
        return root
      } catch (error) {
        errors.report(error)
        return backend.createRoot('page', space, EMPTY_PAGE)
      }
    },
    createTabBar() {
      if (bundle.app.tabBar?.custom !== true) return null
      loader.load(CUSTOM_TAB_BAR)
      return backend.createRoot('custom-tab-bar', space, CUSTOM_TAB_BAR)
    },
    faultsOf: loader.faultsOf,
    configOf: (path) => bundle.units.find((unit) => unit.path === path)?.config ?? {},
    behaves(component, name) {
      const behavior = rules.behaviors[name]
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

const define = (
  space: CodeSpace,
  path: string,
  kind: 'Page' | 'Component',
  definition: Definition,
): unknown =>
  space.componentEnv(path, (own) => {
    const register = own[kind] as (definition: Definition) => unknown
    return register(definition)
  })

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
  space.addComponentStaticConfig(unit.path, config as never)
  if (content) {
    space.addCompiledTemplate(unit.path, { groupList, content, fallbackListenerOnNativeNode: true })
  }
  backend.registerStyleSheetContent(unit.path, styles[unit.path] ?? '')
  space.addStyleSheet(unit.path, unit.path, unit.styleScope ?? undefined)
}
