import jwt from '@fastify/jwt'
import type { FastifyInstance, onRequestAsyncHookHandler } from 'fastify'
import fp from 'fastify-plugin'
import type { KeyRing } from '../config/key-ring.ts'
import { unlogin } from '../errors/business-error.ts'
import type { Clock } from '../infra/database/clock.ts'
import type { Sessions } from './service.ts'
import type { SessionWithUser } from './session.ts'
import { kidOf, TOKEN_ALGORITHM, TOKEN_TYPE } from './token-claims.ts'
import type { JwtCodec, Tokens } from './tokens.ts'
import { createTokens } from './tokens.ts'

const AUTH = Symbol('auth')

declare module 'fastify' {
  interface FastifyInstance {
    tokens: Tokens
    requireLogin: onRequestAsyncHookHandler
    /** For public routes that tell a signed-in user more; a token that is no longer good is refused. */
    readLogin: onRequestAsyncHookHandler
  }
  interface FastifyRequest {
    /** The session and user of the caller of a private route; reading it on a public one throws. */
    readonly auth: SessionWithUser
    /** The same where `readLogin` let the caller pass; null for a caller without a token. */
    readonly authOrNull: SessionWithUser | null
    [AUTH]: SessionWithUser | null
  }
}

export const TOKEN_HEADER = 'x-oa-token'

type Options = { keys: KeyRing; sessions: Sessions; clock: Clock; idleMs: number }

/**
 * Adds `app.tokens` and `app.requireLogin`, the guard for private routes: it reads `X-OA-Token`,
 * answers UNLOGIN to everything that is not a live session, and prolongs a token that is a day old.
 */
export default fp<Options>(
  async (app, { keys, sessions, clock, idleMs }) => {
    await app.register(jwt, {
      secret: keys.current.key,
      sign: {
        algorithm: TOKEN_ALGORITHM,
        kid: keys.current.kid,
        header: { alg: TOKEN_ALGORITHM, typ: TOKEN_TYPE },
      },
      verify: { algorithms: [TOKEN_ALGORITHM] },
    })
    const tokens = createTokens(createCodec(app, keys), { clock, idleMs })
    app.decorate('tokens', tokens)
    app.decorateRequest(AUTH, null)
    app.decorateRequest('auth', {
      getter() {
        const auth = this[AUTH]
        if (auth === null) throw new Error('this route has no guard')
        return auth
      },
    })
    app.decorateRequest('authOrNull', {
      getter() {
        return this[AUTH]
      },
    })
    app.decorate('readLogin', async function (this: FastifyInstance, request, reply) {
      if (request.headers[TOKEN_HEADER] !== undefined) {
        await app.requireLogin.call(this, request, reply)
      }
    })
    app.decorate('requireLogin', async (request, reply) => {
      const text = request.headers[TOKEN_HEADER]
      const claims = typeof text === 'string' ? await tokens.verify(text) : null
      if (claims === null) throw unlogin()
      const auth = await sessions.authenticate(claims, request.appId)
      request[AUTH] = auth
      const fresh = tokens.prolong(claims, auth.session, auth.user)
      if (fresh !== null) reply.header(TOKEN_HEADER, fresh.token)
    })
  },
  { name: 'auth', dependencies: ['app-of-request'] },
)

const createCodec = (app: FastifyInstance, keys: KeyRing): JwtCodec => ({
  sign: (payload) => app.jwt.sign(payload),
  async verify(token) {
    const { header } = app.jwt.decode<{ header: unknown }>(token, { complete: true }) ?? {}
    const kid = kidOf(header)
    const key = kid === null ? undefined : keys.find(kid)
    if (key === undefined) throw unlogin()
    // The library would compare with the clock of this machine.
    return app.jwt.verify(token, {
      key,
      algorithms: [TOKEN_ALGORITHM],
      complete: true,
      ignoreExpiration: true,
    })
  },
})
