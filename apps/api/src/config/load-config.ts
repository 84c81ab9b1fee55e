import { fileURLToPath } from 'node:url'
import { readDevSecrets } from './dev-secrets.ts'
import type { Env } from './env.ts'
import { JWT_KEY_LENGTH, parseTrustProxy, SESSION_KEY_LENGTH } from './formats.ts'
import type { KeyRing } from './key-ring.ts'
import { createKeyRing, parseKeys } from './key-ring.ts'
import type { ProfileConfig } from './profile.ts'
import { incompleteContentCheck, toProfileConfig } from './profile.ts'
import type { PushAndInternal } from './push-and-internal.ts'
import { incompletePush, toPushAndInternal } from './push-and-internal.ts'
import { readEnv } from './read-env.ts'
import { unsafeMisspelt } from './unknown-variables.ts'

const DEFAULT_DATA_DIR = fileURLToPath(new URL('../../.data/', import.meta.url))
const DAY_MS = 86_400_000
/** What WeChat's simulator of `pnpm dev` knows; worth nothing anywhere else. */
const SIMULATED_APP = { appId: 'wx0a0a0a0a0a0a0a0a', appSecret: '0a'.repeat(16) }
/** Load balancers need a look or two to notice. */
const PRODUCTION_NOTICE_MS = 2_000
/** A newcomer's script or a test suite must not meet these; a production server should. */
const LOGIN_LIMITS = {
  development: { perAddress: 10_000, refusedPerAddress: 10_000, perUser: 10_000, total: 100_000 },
  production: { perAddress: 3_000, refusedPerAddress: 60, perUser: 10, total: 6_000 },
}

/** Everything that can be set, checked; read once at the start. */
export type Config = PushAndInternal &
  ProfileConfig & {
    production: boolean
    http: { host: string; port: number; trustProxy: number | string[] | false; docs: boolean }
    /** Whether clients of another published article may sign in. */
    compatRoutes: boolean
    logLevel: string
    /** A MySQL or MariaDB URL, else SQLite in `dataDir`. */
    database: { url: string } | { file: string }
    redisUrl: string | null
    wechat: {
      appId: string
      appSecret: string
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
    /** How long a session that is over is remembered. */
    keepSessionsMs: number
    /** How long a process that is told to stop still takes requests while it says it is not ready. */
    shutdownNoticeMs: number
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
  } else {
    for (const [variable, problem] of incompleteCredentials(source)) problems.set(variable, problem)
  }
  for (const [variable, problem] of incompletePush(source)) problems.set(variable, problem)
  for (const [variable, problem] of incompleteContentCheck(source)) problems.set(variable, problem)
  if (env === null || problems.size > 0) throw new ConfigError(describe(problems))
  return toConfig(env)
}

const missingInProduction = (source: NodeJS.ProcessEnv): Map<string, string> => {
  const problems = new Map<string, string>()
  for (const variable of ['WX_APPID', 'WX_SECRET', 'JWT_KEYS', 'SESSION_KEYS']) {
    if (!source[variable]) problems.set(variable, 'is required in production')
  }
  if (!source.DATABASE_URL && source.ALLOW_SQLITE !== 'true') {
    problems.set('DATABASE_URL', 'is required in production (or ALLOW_SQLITE=true)')
  }
  if (source.WX_API_BASE?.startsWith('http:')) {
    problems.set('WX_API_BASE', 'must be https:// in production')
  }
  if (source.WX_APPID === SIMULATED_APP.appId) {
    problems.set('WX_APPID', "is the simulator's: use your own in production")
  }
  return problems
}

/** One of the two would be sent to WeChat, or to its simulator, with what belongs to another app. */
const incompleteCredentials = ({ WX_APPID, WX_SECRET }: NodeJS.ProcessEnv) => {
  const problems = new Map<string, string>()
  if (WX_APPID && !WX_SECRET) problems.set('WX_APPID', 'needs WX_SECRET beside it')
  if (WX_SECRET && !WX_APPID) problems.set('WX_SECRET', 'needs WX_APPID beside it')
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
    },
    compatRoutes: env.COMPAT_ROUTES,
    logLevel: env.LOG_LEVEL,
    database:
      env.DATABASE_URL === undefined ? { file: `${dataDir}/oa.db` } : { url: env.DATABASE_URL },
    redisUrl: env.REDIS_URL ?? null,
    wechat: {
      appId: env.WX_APPID ?? SIMULATED_APP.appId,
      appSecret: env.WX_SECRET ?? SIMULATED_APP.appSecret,
      baseUrl: env.WX_API_BASE,
      simulated: !production && (env.WX_APPID ?? SIMULATED_APP.appId) === SIMULATED_APP.appId,
    },
    ...toPushAndInternal(env),
    ...toProfileConfig(env, dataDir),
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
    keepSessionsMs: env.SESSION_KEEP_DAYS * DAY_MS,
    shutdownNoticeMs: env.SHUTDOWN_NOTICE_MS ?? (production ? PRODUCTION_NOTICE_MS : 0),
  }
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
