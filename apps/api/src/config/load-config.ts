import { readDevSecrets } from './dev-secrets.ts'
import type { Env } from './env.ts'
import { JWT_KEY_LENGTH, parseTrustProxy, SESSION_KEY_LENGTH } from './formats.ts'
import type { KeyRing } from './key-ring.ts'
import { createKeyRing, parseKeys } from './key-ring.ts'
import { DEFAULT_DATA_DIR } from './own-package.ts'
import type { ProfileConfig } from './profile.ts'
import { incompleteContentCheck, toProfileConfig } from './profile.ts'
import type { PushAndInternal } from './push-and-internal.ts'
import { foreignTemplates, incompletePush, toPushAndInternal } from './push-and-internal.ts'
import { readEnv } from './read-env.ts'
import type { TracingConfig } from './tracing.ts'
import { toTracingConfig } from './tracing.ts'
import { unsafeMisspelt } from './unknown-variables.ts'
import type { WeChatApps } from './wechat-apps.ts'
import { incompleteApps, isSimulated, toWeChatApps } from './wechat-apps.ts'

const DAY_MS = 86_400_000
/** Load balancers need a look or two to notice. */
const PRODUCTION_NOTICE_MS = 2_000
/** A request needs a few turns of the loop, and phones wait for six seconds. */
const PRODUCTION_DELAY_MS = 100
/** A newcomer's script or a test suite must not meet these; a production server should. */
const LOGIN_LIMITS = {
  development: { perAddress: 10_000, refusedPerAddress: 10_000, perUser: 10_000, total: 100_000 },
  production: { perAddress: 3_000, refusedPerAddress: 60, perUser: 10, total: 6_000 },
}

/** Everything that can be set, checked; read once at the start. */
export type Config = PushAndInternal &
  ProfileConfig &
  TracingConfig & {
    production: boolean
    http: {
      host: string
      port: number
      trustProxy: number | string[] | false
      docs: boolean
      maxConnections: number
    }
    /** Whether clients of another published article may sign in. */
    compatRoutes: boolean
    logLevel: string
    /** Where Prometheus fetches metrics; null when nobody does. */
    metrics: { host: string; port: number } | null
    /** The folder of SQLite, pictures and development secrets. */
    dataDir: string
    /** A MySQL or MariaDB URL, else SQLite in `dataDir`. */
    database: { url: string; poolSize: number } | { file: string }
    redisUrl: string | null
    wechat: {
      apps: WeChatApps
      baseUrl: string
      /** It is the simulator of `pnpm dev`. */
      simulated: boolean
    }
    jwtKeys: KeyRing
    sessionKeys: KeyRing
    loginLimit: {
      perAddress: number
      refusedPerAddress: number
      perUser: number
      total: number
      windowMs: number
    }
    sessions: { idleMs: number; absoluteMs: number; max: number }
    /** A database of places by address; null shows none. */
    placesFile: string | null
    /** How long a session that is over is remembered. */
    keepSessionsMs: number
    /** How long login events are kept; null has the server remove none. */
    keepEventsDays: number | null
    /** The name of a company that takes every user in who belongs to none; never in production. */
    demoOrg: string | null
    /** Production in all but WeChat, whose place a simulator may take: nobody is who they say. */
    rehearsal: boolean
    /** How long a process that is told to stop still takes requests while it says it is not ready. */
    shutdownNoticeMs: number
    overload: {
      /** How late the process may be before it turns requests away; null lets it be as late as it is. */
      delayMs: number | null
      /** How many requests may be under way. */
      requests: number
    }
  }

/** Lists every variable that is wrong, and repeats none of their values. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/** Reads and checks the whole environment; throws one `ConfigError` that names all mistakes. */
export const loadConfig = (source: NodeJS.ProcessEnv): Config => {
  const { env, problems } = readEnv(source)
  if (source.NODE_ENV === 'production') {
    for (const [variable, problem] of missingInProduction(source)) problems.set(variable, problem)
    for (const [variable, problem] of unsafeMisspelt(source)) problems.set(variable, problem)
  }
  for (const [variable, problem] of incompleteApps(source)) problems.set(variable, problem)
  for (const [variable, problem] of incompletePush(source)) problems.set(variable, problem)
  for (const [variable, problem] of incompleteContentCheck(source)) problems.set(variable, problem)
  if (env === null || problems.size > 0) throw new ConfigError(describe(problems))
  const foreign = foreignTemplates(env)
  if (foreign.size > 0) throw new ConfigError(describe(foreign))
  return toConfig(env)
}

const DATABASE_VARIABLES = [
  'NODE_ENV',
  'DATABASE_URL',
  'DATABASE_POOL_SIZE',
  'ALLOW_SQLITE',
  'DATA_DIR',
] as const

/** For commands that only need the database: all else may be absent or wrong. */
export const loadDatabaseConfig = (source: NodeJS.ProcessEnv): Pick<Config, 'database'> => {
  const own = Object.fromEntries(DATABASE_VARIABLES.map((name) => [name, source[name] ?? '']))
  const { env, problems } = readEnv(own)
  if (own.NODE_ENV === 'production') {
    for (const [variable, problem] of missingDatabase(own)) problems.set(variable, problem)
  }
  if (env === null || problems.size > 0) throw new ConfigError(describe(problems))
  return { database: toDatabase(env) }
}

const missingDatabase = ({ DATABASE_URL, ALLOW_SQLITE }: NodeJS.ProcessEnv): Map<string, string> =>
  new Map(
    DATABASE_URL || ALLOW_SQLITE === 'true'
      ? []
      : [['DATABASE_URL', 'is required in production (or ALLOW_SQLITE=true)']],
  )

const toDatabase = (env: Env): Config['database'] =>
  env.DATABASE_URL === undefined
    ? { file: `${env.DATA_DIR ?? DEFAULT_DATA_DIR}/oa.db` }
    : { url: env.DATABASE_URL, poolSize: env.DATABASE_POOL_SIZE }

const missingInProduction = (source: NodeJS.ProcessEnv): Map<string, string> => {
  const problems = new Map<string, string>()
  for (const variable of ['JWT_KEYS', 'SESSION_KEYS']) {
    if (!source[variable]) problems.set(variable, 'is required in production')
  }
  for (const [variable, problem] of missingDatabase(source)) problems.set(variable, problem)
  if (source.WX_API_BASE?.startsWith('http:') && source.REHEARSAL !== 'true') {
    problems.set('WX_API_BASE', 'must be https:// in production (or REHEARSAL=true)')
  }
  if (source.DEMO_ORG) problems.set('DEMO_ORG', 'lets everybody in: it is not for production')
  return problems
}

const describe = (problems: Map<string, string>) =>
  [...problems].map(([variable, problem]) => `${variable} ${problem}`).join('\n')

const toConfig = (env: Env): Config => {
  const production = env.NODE_ENV === 'production'
  const dataDir = env.DATA_DIR ?? DEFAULT_DATA_DIR
  const limits = LOGIN_LIMITS[production ? 'production' : 'development']
  return {
    production,
    http: {
      host: env.HOST ?? (production ? '0.0.0.0' : '127.0.0.1'),
      port: env.PORT,
      trustProxy:
        env.TRUST_PROXY === undefined ? false : (parseTrustProxy(env.TRUST_PROXY) ?? false),
      docs: env.DOCS ?? !production,
      maxConnections: env.MAX_CONNECTIONS,
    },
    compatRoutes: env.COMPAT_ROUTES,
    logLevel: env.LOG_LEVEL,
    metrics:
      env.METRICS_PORT === undefined ? null : { host: env.METRICS_HOST, port: env.METRICS_PORT },
    dataDir,
    database: toDatabase(env),
    redisUrl: env.REDIS_URL ?? null,
    wechat: toWeChat(env),
    ...toPushAndInternal(env),
    ...toProfileConfig(env, dataDir),
    ...toTracingConfig(env),
    ...toKeyRings(env, dataDir),
    loginLimit: {
      perAddress: env.LOGIN_LIMIT_PER_IP ?? limits.perAddress,
      refusedPerAddress: env.LOGIN_LIMIT_REFUSED_PER_IP ?? limits.refusedPerAddress,
      perUser: env.LOGIN_LIMIT_PER_USER ?? limits.perUser,
      total: env.LOGIN_LIMIT_TOTAL ?? limits.total,
      windowMs: env.LOGIN_LIMIT_WINDOW_MS,
    },
    sessions: {
      idleMs: env.SESSION_IDLE_DAYS * DAY_MS,
      absoluteMs: env.SESSION_ABSOLUTE_DAYS * DAY_MS,
      max: env.MAX_SESSIONS,
    },
    placesFile: env.IP_PLACES ?? null,
    keepSessionsMs: env.SESSION_KEEP_DAYS * DAY_MS,
    keepEventsDays: env.EVENT_KEEP_DAYS ?? null,
    demoOrg: env.DEMO_ORG ?? null,
    rehearsal: env.REHEARSAL,
    shutdownNoticeMs: env.SHUTDOWN_NOTICE_MS ?? (production ? PRODUCTION_NOTICE_MS : 0),
    overload: {
      delayMs: (env.OVERLOAD_DELAY_MS ?? (production ? PRODUCTION_DELAY_MS : 0)) || null,
      requests: env.OVERLOAD_REQUESTS,
    },
  }
}

const toWeChat = (env: Env): Config['wechat'] => {
  const apps = toWeChatApps(env)
  const simulated = env.NODE_ENV !== 'production' && isSimulated(apps[0])
  return { apps, baseUrl: env.WX_API_BASE, simulated }
}

const toKeyRings = (env: Env, dataDir: string) => {
  const { JWT_KEYS, SESSION_KEYS } = env
  const texts =
    JWT_KEYS !== undefined && SESSION_KEYS !== undefined
      ? { JWT_KEYS, SESSION_KEYS }
      : { ...readDevSecrets(dataDir), ...withoutUndefined({ JWT_KEYS, SESSION_KEYS }) }
  return {
    jwtKeys: toKeyRing(texts.JWT_KEYS, JWT_KEY_LENGTH),
    sessionKeys: toKeyRing(texts.SESSION_KEYS, SESSION_KEY_LENGTH),
  }
}

const toKeyRing = (text: string, length: { min: number; max?: number }): KeyRing => {
  const keys = parseKeys(text, length)
  if (typeof keys === 'string') throw new ConfigError(`a key ring ${keys}`)
  return createKeyRing(keys)
}

const withoutUndefined = (keys: Record<string, string | undefined>) =>
  Object.fromEntries(Object.entries(keys).filter(([, value]) => value !== undefined))
