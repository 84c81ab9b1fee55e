import type { EventEmitter } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import type { Backend, BackendOptions } from './backends/backend.ts'
import { createNodeBackend } from './backends/node.ts'
import type { Bundle } from './compile/bundle.ts'
import { compileProject } from './compile/project.ts'
import { readProjectConfig } from './compile/project-config.ts'
import type { HostEvents } from './host-events.ts'
import { createEventRelay } from './host-events.ts'
import type { WeChatPlatform } from './platform/platform.ts'
import { startAutomationServer } from './server/automation-server.ts'
import { createServices } from './services.ts'
import { createStackMapper } from './source-maps.ts'

export interface HostOptions {
  projectPath: string
  /** Port of the automation protocol; a free one by default. */
  port?: number
  /** `node` (default) is fast and has no layout; `chromium` has layout and screenshots. */
  backend?: 'node' | 'chromium'
  platform?: WeChatPlatform
  /** Initial storage of the app: values by key. */
  storage?: Record<string, unknown>
  systemInfo?: Record<string, unknown>
  theme?: 'light' | 'dark'
  fontSizeSetting?: number
  /** Page, query and scene of the launch. */
  launch?: { path?: string; query?: Record<string, string>; scene?: number }
  /** The result of wx.getExtConfigSync. */
  extConfig?: Record<string, unknown>
}

/** A running mini-program with its automation endpoint. */
export interface Host {
  wsEndpoint: string
  port: number
  warnings: string[]
  /** Console lines and exceptions of the start are buffered for the first listener. */
  events: EventEmitter<HostEvents>
  /** The app's current storage: JSON by key. */
  storage: Record<string, string>
  /** Calls a method of the protocol, or one of the host's own `Host.*`, without a socket. */
  send(method: string, params?: Record<string, unknown>): Promise<unknown>
  close(): Promise<void>
}

/** Options of a run; `networkType` is `wifi` by default, `none` is offline. */
type ProgramOptions = HostOptions & { networkType?: string }

/** A running mini-program without an automation endpoint. */
export type RunningProgram = Pick<Host, 'events' | 'storage' | 'send' | 'close'> & {
  /** Sets the function that reaches clients of the protocol. */
  connect(broadcast: (event: string, params: Record<string, unknown>) => void): void
}

/** Compiles a project, starts it and serves the automation protocol on 127.0.0.1. */
export const startHost = async (options: HostOptions): Promise<Host> => {
  const bundle = await compileProject(options.projectPath)
  const program = await runProgram(bundle, options)
  const { events, storage, send } = program
  let closing: Promise<void> | null = null
  const close = (): Promise<void> => {
    closing ??= program.close().then(() => server.close())
    return closing
  }
  const server = await startAutomationServer(options.port ?? 0, send, () => void close()).catch(
    async (error: unknown) => {
      await program.close()
      throw error
    },
  )
  program.connect(server.broadcast)
  const { port } = server
  const wsEndpoint = `ws://127.0.0.1:${port}`
  return { wsEndpoint, port, warnings: bundle.warnings, events, storage, send, close }
}

/** Starts a compiled project. */
export const runProgram = async (
  bundle: Bundle,
  options: ProgramOptions,
): Promise<RunningProgram> => {
  const { root } = readProjectConfig(options.projectPath)
  const storage = toJsonValues(options.storage ?? {})
  const services = createServices({
    platform: options.platform ?? {},
    appId: bundle.appId,
    root,
    storage,
  })
  const mapStack = createStackMapper(bundle.scripts)
  const { events, onEvent, connect } = createEventRelay(mapStack)
  const backend = await startBackend(options, {
    bundle,
    root,
    services,
    onEvent,
    runtime: runtimeOptions(options, storage),
  }).catch((error: Error) => {
    services.close()
    throw Object.assign(error, { stack: mapStack(error.stack ?? error.message) })
  })
  let closing: Promise<void> | null = null
  const close = (): Promise<void> => {
    closing ??= settle(backend)
      .then(() => closeAll([services, backend]))
      .then(() => void events.emit('closed'))
    return closing
  }
  const send = (method: string, params: Record<string, unknown> = {}) =>
    dispatch(backend, method, params)
  return { events, storage, send, close, connect }
}

const runtimeOptions = (
  options: ProgramOptions,
  storage: Record<string, string>,
): BackendOptions['runtime'] => ({
  storage: { ...storage },
  systemInfo: options.systemInfo ?? {},
  theme: options.theme ?? 'light',
  fontSizeSetting: options.fontSizeSetting ?? 16,
  launch: options.launch ?? {},
  networkType: options.networkType ?? 'wifi',
  networkDelay: 0,
  extConfig: options.extConfig ?? {},
})

const startBackend = async (
  { backend }: HostOptions,
  options: BackendOptions,
): Promise<Backend> => {
  if (backend !== 'chromium') return createNodeBackend(options)
  // Loaded on demand: Playwright is slow to load and most hosts do not need it.
  const { createChromiumBackend } = await import('./backends/chromium.ts')
  return createChromiumBackend(options)
}

const SETTLE_MILLISECONDS = 200

/** Waits for storage writes in transit: messages are ordered, so a reply means they arrived. */
const settle = async (backend: Backend): Promise<void> => {
  const answered = backend.dispatch('Tool.getInfo', {}).catch(() => undefined)
  await Promise.race([answered, setTimeout(SETTLE_MILLISECONDS, undefined, { ref: false })])
}

const closeAll = async (parts: { close(): void | Promise<void> }[]): Promise<void> => {
  for (const part of parts) await part.close()
}

const dispatch = async (
  backend: Backend,
  method: string,
  params: Record<string, unknown>,
): Promise<unknown> => {
  if (method === 'App.captureScreenshot') return { data: await backend.screenshot() }
  if (method === 'App.exit' || method === 'Tool.close') return {}
  return backend.dispatch(method, params)
}

const toJsonValues = (values: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, JSON.stringify(value)]))
