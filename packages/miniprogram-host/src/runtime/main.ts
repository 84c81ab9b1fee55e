import type { glassEasel } from 'glass-easel-miniprogram-adapter'
import type { Bundle } from '../compile/bundle.ts'
import type { LaunchOptions } from './app/app.ts'
import { createApp } from './app/app.ts'
import { createAutomation } from './automation/automation.ts'
import type { CompiledFunctions } from './automation/domain.ts'
import type { ComponentRegistry } from './components/component-registry.ts'
import { createComponentRegistry } from './components/component-registry.ts'
import type { WxsEvents } from './components/wxs-events.ts'
import { createWxsEvents } from './components/wxs-events.ts'
import { createControls } from './controls.ts'
import type { Environment } from './environment.ts'
import { createErrorReporter } from './errors.ts'
import { createListeners } from './listeners.ts'
import { createConsole, createGlobalObject, createTimers } from './loader/globals.ts'
import { createModules } from './loader/modules.ts'
import { RUNTIME_GLOBAL } from './loader/parameters.ts'
import { createRouter } from './router/router.ts'
import type { RuntimeOptions } from './runtime-options.ts'
import { createHostUi } from './ui/host-ui.ts'
import { createWarn } from './warnings.ts'
import type { WxRuntime } from './wx/area.ts'
import { createFileStore } from './wx/file-store.ts'
import { inertObject } from './wx/inert.ts'
import { createPrivacy } from './wx/privacy-state.ts'
import { createSystemState } from './wx/system-state.ts'
import { createWx } from './wx/wx.ts'

/** The running mini-program. Each area declares the part of it that it uses. */
interface Runtime extends WxRuntime {
  components: ComponentRegistry
  /** The `wx` object that scripts see. */
  wx: Record<string, unknown>
  /** Values of all provided globals, by name. */
  globals: Record<string, unknown>
}

export interface Running {
  dispatch(method: string, params: Record<string, unknown>): Promise<unknown>
  reportRejection(reason: unknown): void
  reportError(error: unknown): void
}

type Templates = NonNullable<glassEasel.template.ComponentTemplate['groupList']>

const globals: Record<string, unknown> = {}
const functions: CompiledFunctions = {}
const modules = createModules(globals)
let templates: Templates = {}

/** The interface for scripts that the host loads into this realm. */
export const realm = {
  define: modules.define,
  defineTemplates: (groups: Templates) => {
    templates = groups
  },
  /** What templates call for their WXS functions; set at the start. */
  wxs: null as WxsEvents | null,
  /** Functions compiled from source text of the automation protocol, by id. */
  functions,
  /** Values of the provided globals, used by those functions. */
  globals,
  start: (bundle: Bundle, environment: Environment, options: RuntimeOptions) =>
    startRuntime(bundle, environment, options),
}

Object.assign(globalThis, { [RUNTIME_GLOBAL]: realm })

/** Evaluates the app, launches it and opens its first page. */
const startRuntime = async (
  bundle: Bundle,
  environment: Environment,
  options: RuntimeOptions,
): Promise<Running> => {
  const runtime = assemble(bundle, environment, options)
  const dispatch = createAutomation(runtime, functions, createControls(runtime))
  environment.view.connect(runtime)
  try {
    modules.load('app.js')
  } catch (error) {
    // As in WeChat, the pages run without an app: getApp() answers undefined.
    runtime.errors.report(error)
  }
  // Scripts of pages read at their top level what onLaunch has set.
  runtime.app.call('onLaunch', { ...runtime.app.launch })
  runtime.app.call('onShow', { ...runtime.app.launch })
  runtime.components.loadMain()
  await openFirstPage(runtime)
  const { report, reportRejection } = runtime.errors
  return { dispatch, reportError: report, reportRejection }
}

const assemble = (bundle: Bundle, environment: Environment, options: RuntimeOptions): Runtime => {
  const errors = createErrorReporter(environment, {
    onError(message, error) {
      app.call('onError', message)
      listeners.call('Error', error)
    },
    onUnhandledRejection(reason) {
      app.call('onUnhandledRejection', { reason, promise: null })
      listeners.call('UnhandledRejection', { reason, promise: null })
    },
  })
  const listeners = createListeners(() => undefined)
  const app = createApp(errors.report, launchOptions(bundle, options))
  const ui = createHostUi(() => environment.view.refreshUi())
  const files = createFileStore(environment)
  const system = createSystemState(bundle.sdkVersion, options)
  const privacy = createPrivacy({ bundle, environment, errors, listeners, ui })
  const warn = createWarn(environment)
  const viewUpdated = viewUpdates(environment)
  const base = { bundle, environment, options, errors, warn, modules, viewUpdated }
  const components = createComponentRegistry(base, templates, () => runtime)
  const router = createRouter({ ...base, components })
  const state = { app, files, listeners, privacy, system, ui }
  const wxRuntime: WxRuntime = { ...base, ...state, router }
  const runtime: Runtime = { ...wxRuntime, components, globals, wx: createWx(wxRuntime) }
  Object.assign(globals, provideGlobals(runtime))
  realm.wxs = createWxsEvents(runtime)
  return runtime
}

const launchOptions = ({ app }: Bundle, { launch }: RuntimeOptions): LaunchOptions => ({
  path: launch.path ?? app.entryPagePath,
  query: launch.query ?? {},
  scene: launch.scene ?? 1001,
  referrerInfo: {},
  apiCategory: 'default',
})

const provideGlobals = (runtime: Runtime): Record<string, unknown> => {
  const { environment, errors, app, components, router } = runtime
  const provided: Record<string, unknown> = {
    ...components.constructors,
    ...createTimers(environment, errors.report),
    wx: runtime.wx,
    console: createConsole(environment),
    App: app.register,
    getApp: app.instance,
    getCurrentPages: () => router.stack.map((page) => page.instance),
    requirePlugin: (name: string) => {
      runtime.warn(`plugins are not supported; what requirePlugin("${name}") gives has no effect`)
      return inertObject(name, errors.report)
    },
  }
  const globalObject = Object.assign(createGlobalObject(), provided)
  return { ...provided, globalThis: globalObject, global: globalObject }
}

/** All callers before the next rendering share one promise. */
const viewUpdates = (environment: Environment): WxRuntime['viewUpdated'] => {
  let next: Promise<void> | null = null
  return () =>
    (next ??= new Promise((resolve) => {
      environment.setTimeout(() => {
        next = null
        resolve()
      }, 0)
    }))
}

const openFirstPage = async (runtime: Runtime): Promise<void> => {
  const { app, bundle, router } = runtime
  const found = bundle.app.pages.includes(app.launch.path)
  if (!found) {
    const missing = { path: app.launch.path, query: app.launch.query, isEntryPage: true }
    app.call('onPageNotFound', missing)
    runtime.listeners.call('PageNotFound', missing)
  }
  const path = found ? app.launch.path : bundle.app.entryPagePath
  const query = Object.entries(app.launch.query)
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
  await router.route('reLaunch', { url: `/${path}${query ? `?${query}` : ''}` })
}
