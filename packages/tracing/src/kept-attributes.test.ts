import { SpanKind, SpanStatusCode } from '@opentelemetry/api'
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node'
import {
  InMemorySpanExporter,
  NodeTracerProvider,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-node'
import { describe, expect, it } from 'vitest'
import { keepOnly } from './kept-attributes.ts'

const SECRET = 'oMvTd5-secret'

/** A span with a secret wherever one can be put. */
const spanOf = async (kind: SpanKind): Promise<ReadableSpan> => {
  const exporter = new InMemorySpanExporter()
  const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
  const span = provider.getTracer('test').startSpan('GET', {
    kind,
    attributes: {
      'http.request.method': 'GET',
      'http.route': '/wx/x',
      'url.path': '/sns/jscode2session',
      'url.full': `https://api.weixin.qq.com/sns/jscode2session?secret=${SECRET}`,
      'url.query': `?secret=${SECRET}`,
      'db.query.text': SECRET,
      'user_agent.original': SECRET,
    },
    links: [
      {
        context: { traceId: '0'.repeat(32), spanId: '0'.repeat(16), traceFlags: 0 },
        attributes: { SECRET },
      },
    ],
  })
  span.recordException(new TypeError(SECRET))
  span.setStatus({ code: SpanStatusCode.ERROR, message: SECRET })
  span.end()
  await provider.forceFlush()
  const [finished] = exporter.getFinishedSpans()
  if (finished === undefined) throw new Error('no span')
  return finished
}

describe('a span that leaves the process', () => {
  it.each([
    [SpanKind.SERVER, { 'http.route': '/wx/x' }],
    [SpanKind.CLIENT, { 'url.path': '/sns/jscode2session' }],
  ])(
    'of kind %d has what is listed, and nothing that a user or a secret is in',
    async (kind, own) => {
      const kept = keepOnly(await spanOf(kind))

      const { resource: _, instrumentationScope: __, ...rest } = kept
      expect(JSON.stringify(rest)).not.toContain(SECRET)
      expect(kept.attributes).toEqual({
        'http.request.method': 'GET',
        'error.type': 'TypeError',
        ...own,
      })
      expect(kept).toMatchObject({ name: 'GET', status: { code: SpanStatusCode.ERROR } })
      expect(kept.droppedAttributesCount).toBeGreaterThan(0)
    },
  )

  it('keeps its place in the trace', async () => {
    const span = await spanOf(SpanKind.CLIENT)
    expect(keepOnly(span).spanContext()).toEqual(span.spanContext())
  })
})
