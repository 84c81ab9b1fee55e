import type { Static } from 'typebox'
import { Type } from 'typebox'

const Flag = (fallback?: boolean) =>
  Type.Boolean(fallback === undefined ? {} : { default: fallback })
const Milliseconds = (fallback: number) => Type.Integer({ minimum: 1, default: fallback })

/**
 * Every environment variable that the API reads. A format checks one value; what depends on
 * several, and on NODE_ENV, is checked in `load-config.ts`.
 */
export const Env = Type.Object({
  NODE_ENV: Type.Union(
    [Type.Literal('development'), Type.Literal('test'), Type.Literal('production')],
    { default: 'development' },
  ),
  HOST: Type.Optional(Type.String()),
  PORT: Type.Integer({ minimum: 0, maximum: 65_535, default: 3000 }),
  METRICS_PORT: Type.Optional(Type.Integer({ minimum: 0, maximum: 65_535 })),
  METRICS_HOST: Type.String({ default: '127.0.0.1', minLength: 1 }),
  OTEL_SDK_DISABLED: Flag(false),
  OTEL_EXPORTER_OTLP_ENDPOINT: Type.Optional(Type.String({ format: 'collector-url' })),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: Type.Optional(Type.String({ format: 'collector-url' })),
  OTEL_EXPORTER_OTLP_PROTOCOL: Type.Literal('http/protobuf', { default: 'http/protobuf' }),
  OTEL_TRACES_EXPORTER: Type.Optional(Type.Union([Type.Literal('otlp'), Type.Literal('none')])),
  OTEL_TRACES_SAMPLER: Type.Optional(
    Type.Union(
      ['always_on', 'always_off', 'traceidratio']
        .flatMap((name) => [name, `parentbased_${name}`])
        .map((name) => Type.Literal(name)),
    ),
  ),
  OTEL_PROPAGATORS: Type.Union([Type.Literal('none'), Type.Literal('tracecontext')], {
    default: 'none',
  }),
  OTEL_SERVICE_NAME: Type.String({ default: 'oa-mini-api', minLength: 1 }),
  LOG_LEVEL: Type.Union(
    ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'].map((level) =>
      Type.Literal(level),
    ),
    { default: 'info' },
  ),
  TRUST_PROXY: Type.Optional(Type.String({ format: 'trust-proxy' })),
  DATABASE_URL: Type.Optional(Type.String({ format: 'database-url' })),
  DATABASE_POOL_SIZE: Type.Integer({ minimum: 1, maximum: 1_000, default: 10 }),
  ALLOW_SQLITE: Flag(false),
  DATA_DIR: Type.Optional(Type.String()),
  REDIS_URL: Type.Optional(Type.String({ format: 'redis-url' })),
  WX_APPID: Type.Optional(Type.String({ format: 'wx-appid' })),
  WX_SECRET: Type.Optional(Type.String({ format: 'wx-secret' })),
  WX_APPS: Type.Optional(Type.String()),
  WX_API_BASE: Type.String({ format: 'api-base', default: 'https://api.weixin.qq.com' }),
  WX_PUSH_TOKEN: Type.Optional(Type.String({ format: 'push-token' })),
  WX_PUSH_AES_KEY: Type.Optional(Type.String({ format: 'push-aes-key' })),
  WX_PUSH_AES_KEY_PREVIOUS: Type.Optional(Type.String({ format: 'push-aes-key' })),
  WX_TEMPLATES: Type.Optional(Type.String({ format: 'message-templates' })),
  INTERNAL_TOKENS: Type.Optional(Type.String({ format: 'internal-tokens' })),
  INTERNAL_LIMIT_PER_MINUTE: Type.Integer({ minimum: 1, default: 600 }),
  PUBLIC_URL: Type.Optional(Type.String({ format: 'public-url' })),
  CONTENT_CHECK: Type.Optional(Type.Union([Type.Literal('on'), Type.Literal('off')])),
  PICTURES_S3_BUCKET: Type.Optional(Type.String({ pattern: '^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$' })),
  PICTURES_S3_REGION: Type.String({ default: 'us-east-1', pattern: '^[a-z0-9-]{1,32}$' }),
  PICTURES_S3_ENDPOINT: Type.Optional(Type.String({ format: 'api-base' })),
  IP_PLACES: Type.Optional(Type.String({ minLength: 1 })),
  PHONE_BUDGET_PER_PERSON: Type.Integer({ minimum: 1, default: 5 }),
  PHONE_BUDGET_TOTAL: Type.Integer({ minimum: 0, default: 1_000 }),
  JWT_KEYS: Type.Optional(Type.String({ format: 'jwt-keys' })),
  SESSION_KEYS: Type.Optional(Type.String({ format: 'session-keys' })),
  DOCS: Type.Optional(Flag()),
  COMPAT_ROUTES: Flag(true),
  LOGIN_LIMIT_PER_IP: Type.Optional(Type.Integer({ minimum: 1 })),
  LOGIN_LIMIT_REFUSED_PER_IP: Type.Optional(Type.Integer({ minimum: 1 })),
  LOGIN_LIMIT_PER_USER: Type.Optional(Type.Integer({ minimum: 1 })),
  LOGIN_LIMIT_TOTAL: Type.Optional(Type.Integer({ minimum: 1 })),
  LOGIN_LIMIT_WINDOW_MS: Milliseconds(60_000),
  SESSION_IDLE_DAYS: Type.Integer({ minimum: 1, maximum: 90, default: 7 }),
  SESSION_ABSOLUTE_DAYS: Type.Integer({ minimum: 1, maximum: 365, default: 30 }),
  SESSION_KEEP_DAYS: Type.Integer({ minimum: 1, maximum: 3_650, default: 30 }),
  MAX_CONNECTIONS: Type.Integer({ minimum: 10, default: 20_000 }),
  OVERLOAD_DELAY_MS: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000 })),
  OVERLOAD_REQUESTS: Type.Integer({ minimum: 10, default: 2_000 }),
  EVENT_KEEP_DAYS: Type.Optional(Type.Integer({ minimum: 184, maximum: 36_500 })),
  SHUTDOWN_NOTICE_MS: Type.Optional(Type.Integer({ minimum: 0, maximum: 8_000 })),
  MAX_SESSIONS: Type.Integer({ minimum: 1, maximum: 10, default: 10 }),
  REHEARSAL: Flag(false),
  DEMO_ORG: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
})
export type Env = Static<typeof Env>
