import type { Env } from './env.ts'

export type TracingConfig = {
  /** Null when no operator asks for traces: then nothing of it is loaded. */
  tracing: {
    serviceName: string
    /** Whether a request may say which trace it belongs to. */
    takeParents: boolean
  } | null
}

/** By the standard's own variables; whoever names a collector, or the exporter, turns it on. */
export const toTracingConfig = (env: Env): TracingConfig => {
  const isNamed =
    env.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined ||
    env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT !== undefined ||
    env.OTEL_TRACES_EXPORTER === 'otlp'
  const isOn = isNamed && env.OTEL_TRACES_EXPORTER !== 'none' && !env.OTEL_SDK_DISABLED
  return {
    tracing: isOn
      ? {
          serviceName: env.OTEL_SERVICE_NAME,
          takeParents: env.OTEL_PROPAGATORS === 'tracecontext',
        }
      : null,
  }
}
