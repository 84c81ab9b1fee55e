import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { createServer as createHttpServer } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { Socket } from 'node:net'
import { createServer as createTcpServer } from 'node:net'
import type { Answers, PlatformScript } from '../answer-script.ts'
import type { Values } from '../values.ts'
import { openBlackHole } from './black-hole.ts'
import { certificateOf } from './certificates.ts'
import { deliver } from './deliver.ts'
import type { Listening } from './listen.ts'
import { listen } from './listen.ts'
import { createScript } from './script.ts'
import type { SeenRequest } from './seen-request.ts'
import { readRequest } from './seen-request.ts'

/** A WeChat platform that plays a script, on real loopback sockets. */
export interface ScriptedPlatform {
  /** For the client, in place of https://api.weixin.qq.com. */
  baseUrl: string
  /** PEM of the authority that the client must trust. */
  ca?: string
  /** In order of arrival. */
  requests: SeenRequest[]
  /** Replaces the answers from now on. */
  play: (answers: Answers) => void
  sentBytes: () => number
  /** Resolves when no connection is left. */
  allClosed: () => Promise<void>
  close: () => Promise<void>
}

export const startScriptedPlatform = async (
  { listens = 'http', certificate = 'trusted', tls, answers = {} }: PlatformScript,
  values: Values,
): Promise<ScriptedPlatform> => {
  const requests: SeenRequest[] = []
  let script = createScript(answers, values)
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const seen = await readRequest(request)
    requests.push(seen)
    await deliver(response, script(seen), values)
  }
  const listener: RequestListener = (request, response) => {
    // The client went away in the middle of its request.
    serve(request, response).catch(() => response.destroy())
  }
  const asPlatform = ({ scheme, port, ...rest }: Listening, ca?: string): ScriptedPlatform => ({
    ...rest,
    baseUrl: `${scheme}://127.0.0.1:${port}`,
    ...(ca !== undefined && { ca }),
    requests,
    play: (next) => {
      script = createScript(next, values)
    },
  })

  switch (listens) {
    case 'http':
      return asPlatform(await listen('http', createHttpServer(listener)))
    case 'https': {
      const pair = await certificateOf(certificate)
      const server = createHttpsServer({ ...pair, ...(tls && onlyVersion(tls)) }, listener)
      return asPlatform(
        await listen('https', server),
        certificate === 'self-signed' ? undefined : pair.cert,
      )
    }
    case 'not-at-all':
      return asPlatform({ ...NOTHING, scheme: 'http', port: UNASSIGNED_PORT })
    case 'without-handshake': {
      const { port, close } = await openBlackHole()
      return { ...asPlatform({ ...NOTHING, scheme: 'http', port }), close }
    }
    case 'without-tls-handshake':
      return asPlatform(await listen('https', createTcpServer(ignore)))
    case 'and-hangs-up':
      return asPlatform(
        await listen(
          'http',
          createTcpServer((socket) => void socket.end()),
        ),
      )
    case 'nowhere':
      return { ...asPlatform({ ...NOTHING, scheme: 'https', port: 443 }), baseUrl: NO_HOST }
  }
}

// RFC 2606 reserves .invalid, so that it never resolves.
const NO_HOST = 'https://wechat.invalid'

/** Nobody else may come to listen there meanwhile, as on a port that has just been free; browsers allow it too. */
const UNASSIGNED_PORT = 4

const NOTHING = { sentBytes: () => 0, allClosed: async () => {}, close: async () => {} }

const onlyVersion = (version: 'TLSv1' | 'TLSv1.1') =>
  ({ minVersion: version, maxVersion: version, ciphers: 'DEFAULT@SECLEVEL=0' }) as const

const ignore = (socket: Socket) => void socket.resume()
