import type { Attributes, SpanStatus } from '@opentelemetry/api'
import { SpanKind } from '@opentelemetry/api'
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node'

const ALWAYS = ['error.type', 'http.request.method', 'http.response.status_code']
/** The route's pattern, never the path: paths hold ids. */
const OF_REQUESTS = [...ALWAYS, 'http.route', 'oa.request_id']
/** WeChat's paths are fixed; its credentials, codes and openids are in the query. */
const OF_CALLS = [
  ...ALWAYS,
  'url.path',
  'url.scheme',
  'server.address',
  'server.port',
  'db.system.name',
  'db.operation.name',
  'db.collection.name',
]

const keptOf = (kind: SpanKind) => (kind === SpanKind.SERVER ? OF_REQUESTS : OF_CALLS)

/**
 * The span with the attributes that are listed here and no others, without events and without the texts
 * of errors: all of these may hold what a user sent. Of an error its type stays.
 */
export const keepOnly = (span: ReadableSpan): ReadableSpan => {
  const attributes = attributesIn(span.attributes, keptOf(span.kind))
  const errorType = errorTypeOf(span)
  if (errorType !== undefined) attributes['error.type'] = errorType
  const dropped = Object.keys(span.attributes).length - Object.keys(attributes).length
  return {
    name: span.name,
    kind: span.kind,
    spanContext: () => span.spanContext(),
    ...(span.parentSpanContext && { parentSpanContext: span.parentSpanContext }),
    startTime: span.startTime,
    endTime: span.endTime,
    duration: span.duration,
    ended: span.ended,
    status: statusOf(span.status),
    attributes,
    events: [],
    links: [],
    resource: span.resource,
    instrumentationScope: span.instrumentationScope,
    droppedAttributesCount: span.droppedAttributesCount + Math.max(0, dropped),
    droppedEventsCount: span.droppedEventsCount + span.events.length,
    droppedLinksCount: span.droppedLinksCount + span.links.length,
  }
}

const attributesIn = (attributes: Attributes, kept: readonly string[]): Attributes =>
  Object.fromEntries(Object.entries(attributes).filter(([name]) => kept.includes(name)))

const statusOf = ({ code }: SpanStatus): SpanStatus => ({ code })

/** The class of the error that an instrumentation recorded, if it did. */
const errorTypeOf = ({ events }: ReadableSpan) =>
  events.map(({ attributes }) => attributes?.['exception.type']).find((type) => type !== undefined)
