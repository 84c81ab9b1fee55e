import type { Bundle } from '../compile/bundle.ts'
import type { HostBindings } from '../runtime/host-bindings.ts'
import type { Running } from '../runtime/main.ts'
import { realm } from '../runtime/main.ts'
import type { RuntimeOptions } from '../runtime/runtime-options.ts'
import { createDomView } from '../runtime/view/dom/dom-view.ts'
import { OLD_LOOK } from '../runtime/view/dom/old-look.ts'
import { COMPONENT_STYLES, SCREEN_STYLES } from '../runtime/view/dom/styles.ts'
import type { FromRealm, ToRealm } from './realm-messages.ts'

/** Runs a mini-program in a browser page and connects it to the page server by a WebSocket. */
const run = async (): Promise<void> => {
  const style = document.createElement('style')
  style.textContent = SCREEN_STYLES + COMPONENT_STYLES + OLD_LOOK
  document.head.append(style)
  const socket = new WebSocket(`ws://${location.host}/bridge`)
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve)
    socket.addEventListener('error', reject)
  })
  const link = connect(socket)
  const response = await fetch('/start.json')
  const { bundle, options } = (await response.json()) as { bundle: Bundle; options: RuntimeOptions }
  try {
    link.serve(await realm.start(bundle, { ...link.host, view: createDomView() }, options))
    // The browser reports unhandled rejections in a later task; they must precede `started`.
    await new Promise((resolve) => setTimeout(resolve))
    link.send({ type: 'started' })
  } catch (error) {
    const { message, stack } = error as Error
    link.send({ type: 'failed', error: message ?? String(error), stack: stack ?? '' })
  }
}

/** This realm's end of the connection to the host. */
const connect = (socket: WebSocket) => {
  const send = (message: FromRealm): void => socket.send(JSON.stringify(message))
  const calls = createCalls(send)
  const listeners = new Map<string, ((params: never) => void)[]>()
  let running: Running | null = null
  let serve = (_running: Running): void => undefined
  const started = new Promise<Running>((resolve) => {
    serve = resolve
  })
  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(String(data)) as ToRealm
    if (message.type === 'answer') calls.answer(message)
    if (message.type === 'push') {
      for (const listener of listeners.get(message.name) ?? []) listener(message.params as never)
    }
    if (message.type === 'dispatch') void dispatch(running, message).then(send)
  })
  window.addEventListener('error', async ({ error, message }) =>
    (await started).reportError(error ?? new Error(message)),
  )
  window.addEventListener('unhandledrejection', async ({ reason }) =>
    (await started).reportRejection(reason),
  )
  const host: HostBindings = {
    call: calls.call,
    listen: (name, listener) =>
      void listeners.set(name, [...(listeners.get(name) ?? []), listener]),
    emit: (event, params) => send({ type: 'event', event, params }),
    setTimeout: (task, milliseconds) => window.setTimeout(task, milliseconds),
    clearTimeout: (id) => window.clearTimeout(id),
    setInterval: (task, milliseconds) => window.setInterval(task, milliseconds),
    clearInterval: (id) => window.clearInterval(id),
    now: () => Date.now(),
  }
  return {
    host,
    send,
    serve(launched: Running) {
      running = launched
      serve(launched)
    },
  }
}

const createCalls = (send: (message: FromRealm) => void) => {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  let lastCall = 0
  const call = (service: string, params: unknown): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = ++lastCall
      waiting.set(id, { resolve, reject })
      send({ type: 'call', id, service, params })
    })
  return {
    call: call as HostBindings['call'],
    answer({ id, result, error }: Extract<ToRealm, { type: 'answer' }>): void {
      const call = waiting.get(id)
      waiting.delete(id)
      if (error === undefined) call?.resolve(result)
      else call?.reject(new Error(error))
    },
  }
}

const dispatch = async (
  running: Running | null,
  { id, method, params }: Extract<ToRealm, { type: 'dispatch' }>,
): Promise<FromRealm> => {
  try {
    if (!running) throw new Error('the mini-program has not started')
    const result = await running.dispatch(method, JSON.parse(params))
    return { type: 'result', id, result: JSON.stringify(result) }
  } catch (error) {
    const { message, reason } = error as { message?: string; reason?: string }
    return { type: 'result', id, error: String(message ?? reason ?? error) }
  }
}

Object.assign(realm, { run })
