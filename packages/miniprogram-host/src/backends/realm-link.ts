import type { BackendOptions } from './backend.ts'
import type { FromRealm, ToRealm } from './realm-messages.ts'

/** The host's end of the connection to a realm. */
export interface RealmLink {
  /** Resolves when the first page is open; rejects with the error that prevented it. */
  started: Promise<void>
  receive(message: FromRealm): void
  dispatch(method: string, params: unknown): Promise<unknown>
  memory(): Promise<unknown>
  /** Rejects all pending calls with the reason. */
  end(reason: Error): void
}

export const createRealmLink = (
  send: (message: ToRealm) => void,
  { services, onEvent }: Pick<BackendOptions, 'services' | 'onEvent'>,
): RealmLink => {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  let lastId = 0
  let start = { resolve: () => {}, reject: (_error: Error) => {} }
  const started = new Promise<void>((resolve, reject) => {
    start = { resolve, reject }
  })
  const wait = (message: (id: number) => ToRealm): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = ++lastId
      waiting.set(id, { resolve, reject })
      send(message(id))
    })
  const answer = ({ id, service, params }: Extract<FromRealm, { type: 'call' }>): void => {
    services.call(service, params).then(
      (result) => send({ type: 'answer', id, result }),
      (error: unknown) =>
        send({ type: 'answer', id, error: error instanceof Error ? error.message : String(error) }),
    )
  }
  const finish = ({ id, result, error }: Extract<FromRealm, { type: 'result' }>): void => {
    const call = waiting.get(id)
    waiting.delete(id)
    if (error !== undefined) call?.reject(new Error(error))
    else call?.resolve(typeof result === 'string' ? JSON.parse(result) : result)
  }
  services.onPush((name, params) => send({ type: 'push', name, params }))
  return {
    started,
    receive(message) {
      if (message.type === 'started') start.resolve()
      else if (message.type === 'failed') {
        start.reject(Object.assign(new Error(message.error), { stack: message.stack }))
      } else if (message.type === 'event') {
        onEvent(message.event, message.params as Record<string, unknown>)
      } else if (message.type === 'call') answer(message)
      else finish(message)
    },
    dispatch: (method, params) =>
      wait((id) => ({ type: 'dispatch', id, method, params: JSON.stringify(params) })),
    memory: () => wait((id) => ({ type: 'memory', id })),
    end(reason) {
      start.reject(reason)
      for (const { reject } of waiting.values()) reject(reason)
      waiting.clear()
    },
  }
}
