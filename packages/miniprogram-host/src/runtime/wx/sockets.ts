import type { SocketData } from '../../host-services.ts'
import type { Listeners } from '../listeners.ts'
import { createListeners } from '../listeners.ts'
import { record } from '../plain.ts'
import type { ApiOptions } from './api.ts'
import { asyncApi, failure } from './api.ts'
import type { Area, WxRuntime } from './area.ts'
import { fromBase64, toBase64 } from './file-store.ts'

// https://developers.weixin.qq.com/miniprogram/dev/framework/ability/network.html
const MOST_SOCKETS = 5
const TIMEOUT = 60_000
const EVENTS = ['Open', 'Message', 'Error', 'Close'] as const

/** WebSocket's numbers for its states. */
const STATE = { CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 } as const

interface Open {
  id: number
  listeners: Listeners
  task: Record<string, unknown>
}

/** WebSockets: `connectSocket` with its task, and the older functions for the first socket. */
export const socketApi: Area = (runtime) => {
  const { environment, errors, listeners: shared } = runtime
  const open = new Map<number, Open>()
  let last = 0
  const tell = (id: number, event: (typeof EVENTS)[number], detail: unknown): void => {
    const socket = open.get(id)
    if (!socket) return
    socket.listeners.call(event, detail)
    if (socket === [...open.values()][0]) shared.call(`Socket${event}`, detail)
  }
  environment.listen('net.socketOpened', ({ id }) => {
    setState(open.get(id), STATE.OPEN)
    tell(id, 'Open', { header: {}, profile: {} })
  })
  environment.listen('net.socketMessage', ({ id, data }) =>
    tell(id, 'Message', { data: 'text' in data ? data.text : fromBase64(data.base64).buffer }),
  )
  environment.listen('net.socketFailed', ({ id, message }) =>
    tell(id, 'Error', { errMsg: message }),
  )
  environment.listen('net.socketClosed', ({ id, code, reason }) => {
    setState(open.get(id), STATE.CLOSED)
    tell(id, 'Close', { code, reason })
    open.delete(id)
  })
  const call = (name: string, given: unknown, run: (options: ApiOptions) => unknown) =>
    asyncApi(name, run, errors.report)(record(given))
  const send = (id: number | undefined) => async (options: ApiOptions) => {
    const data = socketData(options.data)
    const refused =
      id === undefined
        ? 'WebSocket is not connected'
        : await environment.call('net.sendSocket', { id, data })
    if (refused !== null) throw failure(refused)
  }
  const close = (id: number | undefined) => async (options: ApiOptions) => {
    if (id === undefined) throw failure('WebSocket is not connected')
    setState(open.get(id), STATE.CLOSING)
    const { code = 1000, reason = '' } = options
    await environment.call('net.closeSocket', { id, code: Number(code), reason: String(reason) })
  }
  const first = () => [...open.keys()][0]
  return {
    connectSocket(given: unknown) {
      const options = record(given)
      const id = ++last
      const listeners = createListeners(errors.report)
      const task: Record<string, unknown> = {
        ...STATE,
        readyState: STATE.CONNECTING,
        send: (to: unknown) => call('sendSocketMessage', to, send(id)),
        close: (to: unknown) => call('closeSocket', to, close(id)),
        ...Object.fromEntries(
          EVENTS.map((event) => [
            `on${event}`,
            (listener: unknown) => listeners.add(event, listener),
          ]),
        ),
      }
      // A callback of its own keeps a failure from becoming an unhandled rejection.
      const { complete = ignore } = options
      void call('connectSocket', { ...options, complete }, async () => {
        open.set(id, { id, listeners, task })
        await connect(runtime, id, options, open.size).catch((error: unknown) => {
          open.delete(id)
          throw error
        })
      })
      return task
    },
    sendSocketMessage: (to: unknown) => call('sendSocketMessage', to, send(first())),
    closeSocket: (to: unknown) => call('closeSocket', to, close(first())),
    ...Object.fromEntries(
      EVENTS.map((event) => [
        `onSocket${event}`,
        (listener: unknown) => shared.add(`Socket${event}`, listener),
      ]),
    ),
  }
}

const ignore = (): void => undefined

const connect = async (
  { environment, system }: WxRuntime,
  id: number,
  options: ApiOptions,
  count: number,
): Promise<void> => {
  const url = String(options.url ?? '')
  if (!/^wss?:\/\/./i.test(url)) throw failure(`invalid url "${url}"`, 600009)
  if (count > MOST_SOCKETS) throw failure('exceed max concurrent sockets')
  if (system.networkType === 'none') throw failure('net::ERR_INTERNET_DISCONNECTED', 600001)
  const header = Object.entries(record(options.header)).map(([name, text]) => [name, String(text)])
  await environment.call('net.openSocket', {
    id,
    url,
    header: Object.fromEntries(header),
    protocols: Array.isArray(options.protocols) ? options.protocols.map(String) : [],
    timeout: typeof options.timeout === 'number' ? options.timeout : TIMEOUT,
  })
}

const setState = (socket: Open | undefined, state: number): void => {
  if (socket) socket.task.readyState = state
}

const socketData = (data: unknown): SocketData =>
  data instanceof ArrayBuffer
    ? { base64: toBase64(new Uint8Array(data)) }
    : { text: String(data ?? '') }
