import type { glassEasel } from 'glass-easel-miniprogram-adapter'
import type { Bundle } from '../compile/bundle.ts'
import type { AppHolder } from './app/app.ts'
import { createApp } from './app/app.ts'
import { createAutomation } from './automation/automation.ts'
import type { ComponentRegistry } from './components/component-registry.ts'
import { createComponentRegistry } from './components/component-registry.ts'
import { createControls } from './controls.ts'
import type { Environment } from './environment.ts'
import type { ErrorReporter } from './errors.ts'
import { createErrorReporter } from './errors.ts'
import type { Listeners } from './listeners.ts'
import { createListeners } from './listeners.ts'
import { createConsole, createGlobalObject, createTimers } from './loader/globals.ts'
import { createModules } from './loader/modules.ts'
import { RUNTIME_GLOBAL } from './loader/parameters.ts'
import type { Router } from './router/router.ts'
import { createRouter } from './router/router.ts'
import type { RuntimeOptions } from './runtime-options.ts'
import type { HostUi } from './ui/host-ui.ts'
import { createHostUi } from './ui/host-ui.ts'
import type { FileStore } from './wx/file-store.ts'
import { createFileStore } from './wx/file-store.ts'
import type { Privacy } from './wx/privacy-state.ts'
import { createPrivacy } from './wx/privacy-state.ts'
import type { SystemState } from './wx/system-state.ts'
import { createSystemState } from './wx/system-state.ts'
import { createWx } from './wx/wx.ts'

/** Everything of one running mini-program that its areas share. */
export interface Runtime {
  bundle: Bundle
  environment: Environment
  options: RuntimeOptions
  errors: ErrorReporter
  listeners: Listeners
  app: AppHolder
  components: ComponentRegistry
  router: Router
  ui: HostUi
  files: FileStore
  privacy: Privacy
  system: SystemState
  /** The `wx` object that scripts see. */
  wx: Record<string, unknown>
  /** Values of the other provided globals, by name. */
  globals: Record<string, unknown>
  /** Resolves when the view shows what was set so far. */
  viewUpdated(): Promise<void>
}

export interface Running {
  dispatch(method: string, params: Record<string, unknown>): Promise<unknown>
  reportRejection(reason: unknown): void
  reportError(error: unknown): void
  runtime: Runtime
}

type Templates = NonNullable<glassEasel.template.ComponentTemplate['groupList']>

const globals: Record<string, unknown> = {}
const modules = createModules(globals)
let templates: Templates = {}

/** What scripts that the host loads into this realm may call. */
export const realm = {
  define: modules.define,
  defineTemplates: (groups: Templates) => {
    templates = groups
  },
  /** Functions whose source came over the automation protocol, by number. */
  functions: {} as Record<string, (...values: never[]) => unknown>,
  /** Values of the provided globals, for those functions. */
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
  const dispatch = createAutomation(runtime, realm.functions, createControls(runtime))
  const running: Running = {
    dispatch,
    runtime,
    reportError: runtime.errors.report,
    reportRejection: runtime.errors.reportRejection,
  }
  environment.view.connect(runtime)
  modules.load('app.js')
  runtime.components.registerUnits((script) => modules.load(script))
  await launch(runtime)
  return running
}

const assemble = (bundle: Bundle, environment: Environment, options: RuntimeOptions): Runtime => {
  const { entryPagePath } = bundle.app
  const runtime = { bundle, environment, options, globals } as Runtime
  const self = () => runtime
  runtime.errors = createErrorReporter(environment, () => ({
    onError(message, error) {
      runtime.app.call('onError', message)
      runtime.listeners.call('Error', error)
    },
    onUnhandledRejection(reason) {
      runtime.app.call('onUnhandledRejection', { reason, promise: null })
      runtime.listeners.call('UnhandledRejection', { reason, promise: null })
    },
  }))
  runtime.listeners = createListeners(() => undefined)
  runtime.app = createApp(self, {
    path: options.launch.path ?? entryPagePath,
    query: options.launch.query ?? {},
    scene: options.launch.scene ?? 1001,
    referrerInfo: {},
    apiCategory: 'default',
  })
  runtime.ui = createHostUi(() => environment.view.refreshUi())
  runtime.files = createFileStore()
  runtime.system = createSystemState(bundle.sdkVersion, options)
  runtime.privacy = createPrivacy(self)
  runtime.router = createRouter(self)
  runtime.components = createComponentRegistry(self, templates)
  runtime.viewUpdated = viewUpdates(environment)
  runtime.wx = createWx(runtime)
  Object.assign(globals, provideGlobals(runtime))
  return runtime
}

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
      throw new Error(`requirePlugin("${name}") is not supported by miniprogram-host`)
    },
  }
  const globalObject = Object.assign(createGlobalObject(), provided)
  return { ...provided, globalThis: globalObject, global: globalObject }
}

/** One wait shared by everybody who asks before the next drawing. */
const viewUpdates = (environment: Environment): Runtime['viewUpdated'] => {
  let next: Promise<void> | null = null
  return () =>
    (next ??= new Promise((resolve) => {
      environment.setTimeout(() => {
        next = null
        resolve()
      }, 0)
    }))
}

const launch = async (runtime: Runtime): Promise<void> => {
  const { app, bundle, router } = runtime
  app.call('onLaunch', { ...app.launch })
  app.call('onShow', { ...app.launch })
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
