import { setFlagsFromString } from 'node:v8'
import vm from 'node:vm'
import { parentPort, workerData } from 'node:worker_threads'
import type { FromRealm, StartData, ToRealm } from './realm-messages.ts'

/**
 * Entry of the worker thread in which the Node backend runs a mini-program. On the main thread, an
 * unhandled rejection of the app would end the host's process.
 */
const { scripts, runtimeScript, bundle, options } = workerData as StartData
const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
let lastCall = 0

const send = (message: FromRealm): void => parentPort?.postMessage(message)

const call = (service: string, params: unknown): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const id = ++lastCall
    waiting.set(id, { resolve, reject })
    send({ type: 'call', id, service, params })
  })

type Listener = (params: unknown) => void
const listeners = new Map<string, Listener[]>()

const timers = new Map<number, NodeJS.Timeout>()
let lastTimer = 0
const keepTimer = (timer: NodeJS.Timeout): number => {
  timers.set(++lastTimer, timer)
  return lastTimer
}
const clear = (id: number): void => {
  clearTimeout(timers.get(id))
  timers.delete(id)
}

const host = {
  call,
  listen: (name: string, listener: Listener) =>
    void listeners.set(name, [...(listeners.get(name) ?? []), listener]),
  emit: (event: string, params: unknown) => send({ type: 'event', event, params }),
  setTimeout: (task: () => void, milliseconds: number) => {
    const id: number = keepTimer(
      setTimeout(() => {
        timers.delete(id)
        task()
      }, milliseconds),
    )
    return id
  },
  setInterval: (task: () => void, milliseconds: number) =>
    keepTimer(setInterval(task, milliseconds)),
  clearTimeout: clear,
  clearInterval: clear,
  now: () => Math.round(performance.timeOrigin + performance.now()),
}

// Disallows code from strings, so that eval and new Function fail as they do in WeChat.
const realm = vm.createContext(
  {},
  { name: 'mini-program', codeGeneration: { strings: false, wasm: false } },
)
const run = (code: string, filename: string): unknown => vm.runInContext(code, realm, { filename })

interface Running {
  dispatch(method: string, params: unknown): Promise<unknown>
  reportRejection(reason: unknown): void
  reportError(error: unknown): void
}

const start = async (): Promise<Running> => {
  run(runtimeScript, 'miniprogram-host-runtime.js')
  for (const { name, code } of scripts) run(code, name)
  const boot = run(
    '(host,bundle,options)=>__startHeadless(host,JSON.parse(bundle),JSON.parse(options))',
    'start.js',
  )
  return (boot as (...values: unknown[]) => Promise<Running>)(host, bundle, options)
}

/** Used heap in bytes, after a garbage collection. */
const usedHeap = (): number => {
  setFlagsFromString('--expose-gc')
  const collect = vm.runInNewContext('gc') as () => void
  collect()
  return process.memoryUsage().heapUsed
}

const messageOf = (error: unknown): string => {
  const { message, errMsg, reason } = (error ?? {}) as Record<string, unknown>
  return String(message ?? errMsg ?? reason ?? error)
}

const started = start()
process.on(
  'unhandledRejection',
  (reason) =>
    void started.then((running) => running.reportRejection(reason)).catch(() => undefined),
)
process.on(
  'uncaughtException',
  (error) => void started.then((running) => running.reportError(error)).catch(() => undefined),
)

parentPort?.on('message', (message: ToRealm) => {
  if (message.type === 'answer') {
    const call = waiting.get(message.id)
    waiting.delete(message.id)
    if (message.error === undefined) call?.resolve(message.result)
    else call?.reject(new Error(message.error))
  } else if (message.type === 'push') {
    for (const listener of listeners.get(message.name) ?? []) listener(message.params)
  } else if (message.type === 'script') run(message.code, 'automation.js')
  else if (message.type === 'memory') {
    send({ type: 'result', id: message.id, result: usedHeap() })
  } else {
    started
      .then((running) => running.dispatch(message.method, message.params))
      .then((result) => send({ type: 'result', id: message.id, result: JSON.stringify(result) }))
      .catch((error: unknown) => send({ type: 'result', id: message.id, error: messageOf(error) }))
  }
})

started.then(
  // Node reports unhandled rejections after the microtasks; they must precede `started`.
  () => setImmediate(() => send({ type: 'started' })),
  (error: unknown) =>
    send({ type: 'failed', error: messageOf(error), stack: String((error as Error)?.stack ?? '') }),
)
