import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { BetterAuthPlugin } from 'better-auth'
import { betterAuth } from 'better-auth'
import { createAuthEndpoint, sessionMiddleware } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { getMigrations } from 'better-auth/db/migration'
import { toNodeHandler } from 'better-auth/node'
import { bearer } from 'better-auth/plugins'
import Database from 'better-sqlite3'
import { createPool } from 'mysql2/promise'
import { z } from 'zod'
import { createCode2Session } from '../../src/servers/code2session.ts'

/** better-auth; WeChat is a plugin with two endpoints on better-auth's own users, accounts and sessions. */
const { PORT, VARIANT, DATABASE_URL, DATABASE_FILE = '' } = process.env
const tuned = VARIANT === 'tuned'
const CONNECTIONS = 16

const openDatabase = () => {
  if (DATABASE_URL !== undefined) {
    // The time zone is what better-auth's documentation asks for.
    const options = { uri: DATABASE_URL, timezone: 'Z' }
    return createPool(
      tuned ? { ...options, connectionLimit: CONNECTIONS, maxIdle: CONNECTIONS } : options,
    )
  }
  const database = new Database(DATABASE_FILE)
  if (tuned) database.pragma('journal_mode = WAL')
  // As every server of the comparison: what was acknowledged survives a power cut.
  database.pragma('synchronous = FULL')
  return database
}

const code2Session = createCode2Session({ keepConnections: tuned })

const toUserInfo = ({ name, image }: { name: string; image?: string | null | undefined }) => ({
  nickName: name,
  avatarUrl: image ?? '',
  gender: 0,
})

const wechat = () =>
  ({
    id: 'wechat',
    endpoints: {
      loginByWeixin: createAuthEndpoint(
        '/login_by_weixin',
        { method: 'POST', body: z.object({ code: z.string() }) },
        async (ctx) => {
          const { openid } = await code2Session(ctx.body.code)
          const { internalAdapter } = ctx.context
          const owner = await internalAdapter.findAccountOwnerByKey({
            providerId: 'wechat',
            accountId: openid,
          })
          const user =
            owner?.kind === 'owned'
              ? owner.user
              : (
                  await internalAdapter.createOAuthUser(
                    {
                      name: '普通用户',
                      // better-auth needs an address for every user; WeChat tells none.
                      email: `${openid.toLowerCase()}@wechat.invalid`,
                      emailVerified: false,
                    },
                    { providerId: 'wechat', accountId: openid },
                  )
                ).user
          const session = await internalAdapter.createSession(user.id)
          await setSessionCookie(ctx, { session, user })
          return ctx.json({
            errno: 0,
            errmsg: '',
            data: { token: session.token, userInfo: toUserInfo(user) },
          })
        },
      ),
      info: createAuthEndpoint('/info', { method: 'GET', use: [sessionMiddleware] }, async (ctx) =>
        ctx.json({ errno: 0, errmsg: '', data: toUserInfo(ctx.context.session.user) }),
      ),
    },
  }) satisfies BetterAuthPlugin

const auth = betterAuth({
  baseURL: `http://127.0.0.1:${PORT}`,
  basePath: '/wx/auth',
  secret: randomBytes(32).toString('hex'),
  database: openDatabase(),
  plugins: [bearer(), wechat()],
  ...(tuned
    ? {
        advanced: { database: { joins: true } },
        session: { cookieCache: { enabled: true, maxAge: 5 * 60 } },
        logger: { disabled: true },
        rateLimit: { enabled: false },
      }
    : {}),
})
await (await getMigrations(auth.options)).runMigrations()
const handle = toNodeHandler(auth)
createServer((request, response) => void handle(request, response)).listen(
  Number(PORT),
  '127.0.0.1',
)
