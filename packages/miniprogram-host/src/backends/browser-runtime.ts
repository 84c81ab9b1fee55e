import type { Bundle } from '../compile/bundle.ts'
import type { Environment, RuntimeOptions } from '../runtime/environment.ts'
import type { Running } from '../runtime/main.ts'
import { realm } from '../runtime/main.ts'
import { createDomView } from '../runtime/view/dom/dom-view.ts'
import { COMPONENT_STYLES, SCREEN_STYLES } from '../runtime/view/dom/styles.ts'
import type { FromRealm, ToRealm } from './realm-messages.ts'

/** Runs a mini-program in a page of a browser; the page server is at the socket's other end. */
const run = async (): Promise<void> => {
  const style = document.createElement('style')
  style.textContent = SCREEN_STYLES + COMPONENT_STYLES
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
    link.send({ type: 'started' })
  } catch (error) {
    const { message, stack } = error as Error
    link.send({ type: 'failed', error: message ?? String(error), stack: stack ?? '' })
  }
}

const connect = (socket: WebSocket) => {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  let lastCall = 0
  let running: Running | null = null
  const send = (message: FromRealm): void => socket.send(JSON.stringify(message))
  const host: Omit<Environment, 'view'> = {
    call: (service, params) =>
      new Promise((resolve, reject) => {
        const id = ++lastCall
        waiting.set(id, { resolve: resolve as (value: unknown) => void, reject })
        send({ type: 'call', id, service, params })
      }),
    emit: (event, params) => send({ type: 'event', event, params }),
    setTimeout: (task, milliseconds) => window.setTimeout(task, milliseconds),
    clearTimeout: (id) => window.clearTimeout(id),
    setInterval: (task, milliseconds) => window.setInterval(task, milliseconds),
    clearInterval: (id) => window.clearInterval(id),
    now: () => Date.now(),
  }
  const dispatch = async ({
    id,
    method,
    params,
  }: Extract<ToRealm, { type: 'dispatch' }>): Promise<void> => {
    try {
      if (!running) throw new Error('the mini-program has not started')
      send({
        type: 'result',
        id,
        result: JSON.stringify(await running.dispatch(method, JSON.parse(params))),
      })
    } catch (error) {
      const { message, reason } = error as { message?: string; reason?: string }
      send({ type: 'result', id, error: String(message ?? reason ?? error) })
    }
  }
  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(String(data)) as ToRealm
    if (message.type === 'dispatch') void dispatch(message)
    if (message.type !== 'answer') return
    const call = waiting.get(message.id)
    waiting.delete(message.id)
    if (message.error === undefined) call?.resolve(message.result)
    else call?.reject(new Error(message.error))
  })
  window.addEventListener('error', ({ error, message }) =>
    running?.reportError(error ?? new Error(message)),
  )
  window.addEventListener('unhandledrejection', ({ reason }) => running?.reportRejection(reason))
  return {
    host,
    send,
    serve(started: Running) {
      running = started
    },
  }
}

Object.assign(realm, { run })
