import { expect, it } from 'vitest'
import { readEnv } from './read-env.ts'
import { toTracingConfig } from './tracing.ts'

const tracingOf = (source: NodeJS.ProcessEnv) => {
  const { env } = readEnv(source)
  if (env === null) throw new Error('the environment cannot be read')
  return toTracingConfig(env).tracing
}
const ENDPOINT = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' }

it.each<[NodeJS.ProcessEnv]>([
  [{}],
  [{ OTEL_SERVICE_NAME: 'oa' }],
  [{ ...ENDPOINT, OTEL_SDK_DISABLED: 'true' }],
  [{ ...ENDPOINT, OTEL_TRACES_EXPORTER: 'none' }],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: '' }],
])('traces nothing with %j', (source) => {
  expect(tracingOf(source)).toBeNull()
})

it.each<[NodeJS.ProcessEnv]>([
  [ENDPOINT],
  [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://collector.example.com/v1/traces' }],
  [{ OTEL_TRACES_EXPORTER: 'otlp' }],
])('traces with %j, and lets no request choose its trace', (source) => {
  expect(tracingOf(source)).toEqual({ serviceName: 'oa-mini-api', takeParents: false })
})

it('takes the trace of a request where the operator says so', () => {
  const source = { ...ENDPOINT, OTEL_PROPAGATORS: 'tracecontext', OTEL_SERVICE_NAME: 'oa' }
  expect(tracingOf(source)).toEqual({ serviceName: 'oa', takeParents: true })
})

it.each([
  ['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc'],
  ['OTEL_TRACES_EXPORTER', 'zipkin'],
  ['OTEL_PROPAGATORS', 'b3'],
  ['OTEL_TRACES_SAMPLER', 'sometimes'],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318'],
])('refuses %s=%s, which it cannot do', (name, value) => {
  expect([...readEnv({ [name]: value }).problems.keys()]).toEqual([name])
})
