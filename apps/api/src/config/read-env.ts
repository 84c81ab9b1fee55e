import type { EnvSchemaOpt } from 'env-schema'
import { envSchema } from 'env-schema'
import { Env } from './env.ts'
import { FORMATS } from './formats.ts'

type AjvError = {
  keyword: string
  instancePath: string
  message?: string
  params: Record<string, unknown>
}

/**
 * The variables of `Env` with their types and defaults, and one sentence for each that is wrong;
 * values never stand in a sentence. An empty variable counts as absent.
 */
export const readEnv = (
  source: NodeJS.ProcessEnv,
): { env: Env | null; problems: Map<string, string> } => {
  const data = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''))
  try {
    const ajv = withFormats ?? { customOptions }
    return { env: envSchema<Env>({ schema: Env, data, env: false, ajv }), problems: new Map() }
  } catch (error) {
    if (!hasAjvErrors(error)) throw error
    return { env: null, problems: new Map(error.errors.map((one) => describe(one, data))) }
  }
}

type Ajv = Parameters<
  Extract<EnvSchemaOpt['ajv'], { customOptions: (ajv: never) => unknown }>['customOptions']
>[0]

/** Kept, since it compiles the schema only once; `dev` and tests read many environments. */
let withFormats: Ajv | undefined

const customOptions = (instance: Ajv): Ajv => {
  for (const [name, check] of Object.entries(FORMATS)) {
    instance.addFormat(name, (value) => check(value) === null)
  }
  withFormats = instance
  return instance
}

const describe = (
  { keyword, instancePath, message, params }: AjvError,
  data: NodeJS.ProcessEnv,
): [variable: string, problem: string] => {
  const variable = instancePath.slice(1)
  const check = keyword === 'format' ? FORMATS[String(params.format)] : undefined
  const problem = check?.(data[variable] ?? '') ?? ALLOWED[variable] ?? message ?? 'is not usable'
  return [variable, problem]
}

/** Unions report each of their branches; people want the whole list. */
const ALLOWED: Record<string, string> = {
  NODE_ENV: 'must be development, test or production',
  CONTENT_CHECK: 'must be on or off',
  PICTURES_S3_BUCKET: 'must be the name of a bucket',
  OTEL_EXPORTER_OTLP_PROTOCOL: 'must be http/protobuf: a collector takes it on port 4318',
  OTEL_TRACES_EXPORTER: 'must be otlp or none',
  OTEL_TRACES_SAMPLER:
    'must be always_on, always_off, traceidratio, or one of them after parentbased_',
  OTEL_PROPAGATORS: 'must be none or tracecontext',
  LOG_LEVEL: 'must be fatal, error, warn, info, debug, trace or silent',
}

const hasAjvErrors = (error: unknown): error is { errors: AjvError[] } =>
  error instanceof Error && 'errors' in error && Array.isArray(error.errors)
