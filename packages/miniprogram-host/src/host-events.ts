import { EventEmitter } from 'node:events'
import type { Backlog } from './backlog.ts'
import { createBacklog } from './backlog.ts'

export interface ConsoleMessage {
  type: string
  args: unknown[]
}

export interface ExceptionMessage {
  name: string
  message: string
  /** Positions refer to the project's sources. */
  stack: string
  /** Path of the page or component whose script failed when it was loaded. */
  unit?: string
}

export interface HostEvents {
  console: [ConsoleMessage]
  exception: [ExceptionMessage]
  /** The host was closed, by its owner or by Tool.close of a client. */
  closed: []
}

type Params = Record<string, unknown>
type Broadcast = (event: string, params: Params) => void

/** Passes the app's events to the host's owner and to its automation clients. */
export interface EventRelay {
  events: EventEmitter<HostEvents>
  onEvent(event: string, params: Params): void
  /** Sets the function that reaches clients, and passes it the events buffered so far. */
  connect(broadcast: Broadcast): void
}

/** Clients of the automation protocol do not know these. */
const OF_THE_PREVIEW = new Set(['Host.pageShown', 'Host.requestFailed'])

/** Events before the owner's first listener, such as those of the start, are buffered for it. */
export const createEventRelay = (mapStack: (stack: string) => string): EventRelay => {
  const events = new EventEmitter<HostEvents>()
  const early = createBacklog<[string, Params]>()
  let broadcast: Broadcast = (event, params) => early.keep([event, params])
  const logs = bufferUntilListened(events, 'console')
  const exceptions = bufferUntilListened(events, 'exception')
  return {
    events,
    onEvent(event, params) {
      const mapped = mapEvent(event, params, mapStack)
      if (event === 'App.logAdded' && !events.emit('console', mapped as never)) {
        logs.keep(mapped as never)
      }
      if (event === 'App.exceptionThrown' && !events.emit('exception', mapped as never)) {
        exceptions.keep(mapped as never)
      }
      if (!OF_THE_PREVIEW.has(event)) broadcast(event, mapped)
    },
    connect(connected) {
      broadcast = connected
      for (const [event, params] of early.take()) connected(event, params)
    },
  }
}

const bufferUntilListened = (
  // The type has no event map, which would exclude 'newListener'.
  events: EventEmitter,
  name: 'console' | 'exception',
): Backlog<never> => {
  const backlog = createBacklog<never>()
  const flush = (listenedTo: string | symbol): void => {
    if (listenedTo !== name) return
    events.off('newListener', flush)
    // 'newListener' is emitted before the listener is added.
    queueMicrotask(() => {
      for (const event of backlog.take()) events.emit(name, event)
    })
  }
  events.on('newListener', flush)
  return backlog
}

const mapEvent = (event: string, params: Params, mapStack: (stack: string) => string): Params => {
  if (event === 'App.exceptionThrown') return { ...params, stack: mapStack(String(params.stack)) }
  if (event !== 'App.logAdded' || !Array.isArray(params.args)) return params
  return {
    ...params,
    args: params.args.map((arg: unknown) => (typeof arg === 'string' ? mapStack(arg) : arg)),
  }
}
