import { tracingChannel } from 'node:diagnostics_channel'
import type { Attributes, Span, Tracer } from '@opentelemetry/api'
import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { summarizeSql } from './summarize-sql.ts'

type Described = { name: string; attributes: Attributes }
type Source = { channel: string; describe: (message: object) => Described }

const textIn = (message: object, key: string): string => {
  const value: unknown = Reflect.get(message, key)
  return typeof value === 'string' ? value : ''
}

/** What is sent as text, whose values are beside it. */
const SQL: Source = {
  channel: 'oa:sql',
  describe(message) {
    const { operation, table } = summarizeSql(textIn(message, 'text'))
    return {
      name: table === null ? operation : `${operation} ${table}`,
      attributes: {
        'db.system.name': 'mysql',
        'db.operation.name': operation,
        'db.collection.name': table ?? undefined,
      },
    }
  },
}

/** By the client itself since its version 5.11; its arguments hold keys and values. */
const REDIS: Source = {
  channel: 'ioredis:command',
  describe(message) {
    const operation = textIn(message, 'command').toUpperCase()
    return {
      name: operation,
      attributes: { 'db.system.name': 'redis', 'db.operation.name': operation },
    }
  },
}

/** A span for each statement and command that belongs to a request; returns what ends that. */
export const startChannelSpans = (tracer: Tracer): (() => void) => {
  const stops = [SQL, REDIS].map((source) => subscribe(tracer, source))
  return () => {
    for (const stop of stops) stop()
  }
}

const subscribe = (tracer: Tracer, { channel, describe }: Source) => {
  const spans = new WeakMap<object, Span>()
  const subscribers = {
    start(message: object) {
      // Heartbeats, sweeps and their like belong to no request.
      if (trace.getSpan(context.active()) === undefined) return
      const { name, attributes } = describe(message)
      spans.set(message, tracer.startSpan(name, { kind: SpanKind.CLIENT, attributes }))
    },
    end() {},
    asyncStart() {},
    asyncEnd: (message: object) => void spans.get(message)?.end(),
    error(message: object) {
      const error: unknown = Reflect.get(message, 'error')
      spans
        .get(message)
        ?.setStatus({ code: SpanStatusCode.ERROR })
        .setAttribute('error.type', error instanceof Error ? error.name : 'unknown')
    },
  }
  const tracing = tracingChannel(channel)
  tracing.subscribe(subscribers)
  return () => void tracing.unsubscribe(subscribers)
}
