import type { FastifyPluginAsync, onRequestAsyncHookHandler } from 'fastify'
import fastify from 'fastify'
import { profileSchema, userInfo } from './profile-schema.ts'

/**
 * The bare route behind the API's session check, and nothing else of the API. It has the configuration
 * and the database of an API that issued the tokens.
 */
type Config = {
  jwtKeys: unknown
  wechat: { apps: readonly { appId: string }[] }
  sessions: { idleMs: number }
}
type Core = {
  stores: { sessions: unknown; clock: unknown }
  leases: unknown
  revocations: unknown
  audit: unknown
}
type AppOptions = { appIds: unknown }
type GuardOptions = { keys: unknown; sessions: unknown; clock: unknown; idleMs: number }

/** The API is no library: its files are named here, and the types above say what is used of them. */
const load = async <T>(file: string): Promise<T> =>
  (await import(new URL(`../../../../apps/api/src/${file}`, import.meta.url).href)) as T

const { loadConfig } = await load<{ loadConfig(env: NodeJS.ProcessEnv): Config }>(
  'config/load-config.ts',
)
const { createLogger } = await load<{ createLogger(options: { level: string }): unknown }>(
  'infra/logging/logger.ts',
)
const { openCore } = await load<{ openCore(config: Config, log: unknown): Promise<Core> }>(
  'core.ts',
)
const { createBackground } = await load<{ createBackground(log: unknown): unknown }>(
  'infra/background.ts',
)
const { createSessions } = await load<{ createSessions(deps: object): unknown }>(
  'sessions/service.ts',
)
const { default: appOfRequest } = await load<{ default: FastifyPluginAsync<AppOptions> }>(
  'http/app-of-request.ts',
)
const { default: guard } = await load<{ default: FastifyPluginAsync<GuardOptions> }>(
  'sessions/guard.ts',
)

const config = loadConfig(process.env)
const log = createLogger({ level: 'error' })
const { stores, leases, revocations, audit } = await openCore(config, log)
const { idleMs } = config.sessions
const sessions = createSessions({
  idleMs,
  clock: stores.clock,
  store: stores.sessions,
  leases,
  revocations,
  audit,
  background: createBackground(log),
})

const app = fastify()
await app.register(appOfRequest, { appIds: config.wechat.apps.map(({ appId }) => appId) })
await app.register(guard, { keys: config.jwtKeys, sessions, clock: stores.clock, idleMs })
const { requireLogin } = app as unknown as { requireLogin: onRequestAsyncHookHandler }
app.get('/wx/auth/info', { schema: profileSchema, onRequest: requireLogin }, async () => ({
  errno: 0,
  errmsg: '',
  data: userInfo,
}))
await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) })
