import { FastifyOtelInstrumentation } from '@fastify/otel'
import { trace } from '@opentelemetry/api'
import { setGlobalErrorHandler, W3CTraceContextPropagator } from '@opentelemetry/core'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici'
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources'
import type { SpanExporter } from '@opentelemetry/sdk-trace-node'
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node'
import { startChannelSpans } from './channel-spans.ts'
import { extractOnly } from './extract-only.ts'
import { keepOnly } from './kept-attributes.ts'

/** A collector that does not answer must not keep a process from stopping. */
const FLUSH_MS = 2_000
/** Asked every few seconds; each would be a trace. */
const PROBES = ['/livez', '/readyz']
const NAME = '@oa/tracing'

export type TracingOptions = {
  serviceName: string
  serviceVersion: string
  /** Tells this process from others of the service. */
  instanceId: string
  /** Whether a request may bring the trace that it belongs to, in `traceparent`. */
  takeParents: boolean
  /** Hears why spans could not be sent; the message holds no span. */
  onError(message: string): void
}

export type Tracing = {
  /** Sends what is left, for two seconds at most. */
  stop(): Promise<void>
}

/**
 * Traces every request of every Fastify instance that is created from now on, with what it asks of WeChat
 * (undici), of the database (the channel `oa:sql`) and of Redis (ioredis' own channel), and sends the
 * spans to the collector that the standard `OTEL_` variables name. Once a process.
 */
export const startTracing = (options: TracingOptions): Tracing => {
  setGlobalErrorHandler((error) => options.onError(messageOf(error)))
  const provider = new NodeTracerProvider({
    resource: resourceOf(options),
    spanProcessors: [new BatchSpanProcessor(withoutSecrets(new OTLPTraceExporter()))],
  })
  provider.register({
    propagator: options.takeParents ? extractOnly(new W3CTraceContextPropagator()) : null,
  })
  const instrumentations = [
    traceRequests(),
    new UndiciInstrumentation({ requireParentforSpans: true }),
  ]
  for (const one of instrumentations) one.setTracerProvider(provider)
  const stopChannels = startChannelSpans(trace.getTracer(NAME))

  return {
    async stop() {
      stopChannels()
      for (const one of instrumentations) one.disable()
      await within(FLUSH_MS, provider.shutdown()).catch((error: unknown) =>
        options.onError(messageOf(error)),
      )
    },
  }
}

/** One span a request, named after its route; hooks and handlers have none of their own. */
const traceRequests = () =>
  new FastifyOtelInstrumentation({
    registerOnInitialization: true,
    instrumentHooks: false,
    instrumentHandler: false,
    ignorePaths: ({ url }) => PROBES.includes(url.split('?', 1)[0] ?? ''),
    requestHook(span, request) {
      span.updateName(`${request.method} ${request.routeOptions.url ?? '(none)'}`)
      // By this number a user's complaint and the lines of the log are found.
      span.setAttribute('oa.request_id', request.id)
    },
  })

/** Variables of the operator win. */
const resourceOf = ({ serviceName, serviceVersion, instanceId }: TracingOptions) =>
  defaultResource()
    .merge(
      resourceFromAttributes({
        'service.name': serviceName,
        'service.version': serviceVersion,
        'service.instance.id': instanceId,
      }),
    )
    .merge(detectResources({ detectors: [envDetector] }))

/** Whatever an instrumentation writes into a span, only what is listed leaves the process. */
const withoutSecrets = (exporter: SpanExporter): SpanExporter => ({
  export: (spans, done) => exporter.export(spans.map(keepOnly), done),
  shutdown: () => exporter.shutdown(),
  forceFlush: async () => exporter.forceFlush?.(),
})

const within = async <T>(ms: number, work: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the collector did not take the last spans')), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : 'unknown')
