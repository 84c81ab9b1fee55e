import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http'
import { createServer as createHttpServer } from 'node:http'
import type { ServerOptions } from 'node:https'
import { createServer as createHttpsServer } from 'node:https'
import type { Server as NetServer, Socket } from 'node:net'
import { createServer as createTcpServer } from 'node:net'
import { text } from 'node:stream/consumers'
import { inspect } from 'node:util'
import { afterEach, expect } from 'vitest'
import type { WeChatClientOptions } from '../src/index.ts'
import { WeChatError } from '../src/index.ts'
import { createFullClient } from './full-client.ts'

export const APP_ID = 'wx0123456789abcdef'
export const APP_SECRET = '5ecret5ecret5ecret5ecret5ecret00'
export const SESSION_KEY = 'AAECAwQFBgcICQoLDA0ODw=='
export const SESSION = { openid: 'oAbc_-123456789012345678901', session_key: SESSION_KEY }

export type TestServer = { url: string; port: number; requests: IncomingMessage[] }

/** Servers and clients that are closed after the test that started them. */
export const useServers = () => {
  const closers: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    await Promise.all(closers.splice(0).map((close) => close()))
  })

  const listen = async (
    server: NetServer,
    scheme: string,
  ): Promise<Omit<TestServer, 'requests'>> => {
    const sockets = new Set<Socket>()
    server.on('connection', (socket) => {
      sockets.add(socket.on('error', () => {}).on('close', () => sockets.delete(socket)))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    closers.push(() => {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => server.close(resolve))
    })
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')

    return { url: `${scheme}://127.0.0.1:${address.port}`, port: address.port }
  }

  const startHttp = async (answer: RequestListener, tls?: ServerOptions): Promise<TestServer> => {
    const requests: IncomingMessage[] = []
    const listener: RequestListener = (request, response) => {
      requests.push(request)
      answer(request, response)
    }
    const server: Server = tls ? createHttpsServer(tls, listener) : createHttpServer(listener)

    return { ...(await listen(server, tls ? 'https' : 'http')), requests }
  }

  return {
    startHttp,
    startTcp: (onConnection: (socket: Socket) => void, scheme = 'http') =>
      listen(createTcpServer(onConnection), scheme),
    createClient: (options: Partial<WeChatClientOptions>) => {
      const client = createFullClient({ appId: APP_ID, appSecret: APP_SECRET, ...options })
      closers.push(() => client.close())
      return client
    },
  }
}

/** Answers every request with this body like WeChat: 200 and text/plain. */
export const answering =
  (body: unknown, status = 200, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'text/plain', ...headers })
    response.end(typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body))
  }

/** A WeChat that issues tokens T1, T2 … and accepts the newest. `api` answers every other path. */
export const createTokenPlatform = (api: unknown = {}, expiresIn = 7_200) => {
  const issued: { force: boolean }[] = []
  const platform = {
    issued,
    /** Tokens that are refused from now on. */
    dead: new Set<string>(),
    expiresIn,
    answer: (async (request, response) => {
      const url = new URL(request.url ?? '', 'http://localhost')
      if (url.pathname !== '/cgi-bin/stable_token') {
        const isDead = platform.dead.has(url.searchParams.get('access_token') ?? '')
        return answering(isDead ? { errcode: 40001, errmsg: 'invalid credential' } : api)(
          request,
          response,
        )
      }
      const body = JSON.parse(await text(request)) as { secret: string; force_refresh: boolean }
      if (body.secret !== APP_SECRET) return answering({ errcode: 40125 })(request, response)
      issued.push({ force: body.force_refresh })
      if (body.force_refresh) platform.dead.add(`T${platform.serial++}`)
      const reply = { access_token: `T${platform.serial}`, expires_in: platform.expiresIn }
      answering(reply)(request, response)
    }) satisfies RequestListener,
    serial: 1,
  }

  return platform
}

/** Gives the answers in turn; the last one repeats. */
export const answeringInTurn = (...answers: RequestListener[]): RequestListener => {
  let turn = 0
  return (request: IncomingMessage, response: ServerResponse) => {
    const answer = answers[Math.min(turn, answers.length - 1)]
    turn += 1
    answer?.(request, response)
  }
}

/** The failure of a call that must fail; also checks that it contains no secret. */
export const failureOf = async (
  call: Promise<unknown>,
  ...secrets: string[]
): Promise<WeChatError> => {
  const error = await call.then(
    () => expect.fail('the call should have failed'),
    (reason: unknown) => reason,
  )
  if (!(error instanceof WeChatError)) throw error
  const printed = [
    inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true }),
    JSON.stringify(error),
    JSON.stringify(error, Object.getOwnPropertyNames(error)),
    String(error.stack),
  ].join('\n')
  for (const secret of [APP_SECRET, SESSION_KEY, ...secrets]) expect(printed).not.toContain(secret)
  expect(error.cause).toBeUndefined()

  return error
}
