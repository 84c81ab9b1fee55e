import { generateKeyPairSync, randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import type { Simulator, SimulatorOptions } from '@oa/wechat-simulator'
import { startSimulator } from '@oa/wechat-simulator'
import { afterEach } from 'vitest'
import type { ApiSecurityOptions } from '../src/api-security/index.ts'
import { createApiSecurity } from '../src/api-security/index.ts'
import type { WeChatClientOptions } from '../src/index.ts'
import { APP_ID, APP_SECRET, useServers } from './support.ts'

export const RISK = '/wxa/getuserriskrank'
export const PATHS = [
  RISK,
  '/wxa/business/getuserphonenumber',
  '/wxa/business/getuserencryptkey',
  '/wxa/msg_sec_check',
  '/wxa/media_check_async',
  '/cgi-bin/message/subscribe/send',
  '/cgi-bin/message/custom/send',
]

const keyPair = generateKeyPairSync('rsa', { modulusLength: 2048 })
// The console issues PKCS#1.
export const PRIVATE_KEY = keyPair.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()
export const SYMMETRIC_KEY = {
  sn: 'fa05fe1e5bcc79b81ad5ad4b58acf787',
  key: randomBytes(32).toString('base64'),
}
const PUBLIC_KEY = {
  sn: '97845f6ed842ea860df6fdf65941ff56',
  key: keyPair.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
}

/** A valid key other than the configured one. */
export const createPrivateKeyText = (): string =>
  generateKeyPairSync('rsa', { modulusLength: 2048 })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString()

/** How a relay between client and simulator changes an answer. */
export type Spoil = (answer: Response, request: IncomingMessage) => Response | Promise<Response>

/** A simulator that requires encryption on these paths and knows the user mei, with clients for it. */
export const useSecured = () => {
  const { startHttp, createClient } = useServers()
  const running: Simulator[] = []
  afterEach(async () => {
    await Promise.all(running.splice(0).map((simulator) => simulator.close()))
  })

  const start = async (settings: SimulatorOptions['settings'] = {}) => {
    const paths = Object.fromEntries(PATHS.map((path) => [path, 'required' as const]))
    const apiSecurity = { symmetricKey: SYMMETRIC_KEY, publicKey: PUBLIC_KEY, paths }
    const app = { appid: APP_ID, secret: APP_SECRET, apiSecurity }
    const simulator = await startSimulator({ apps: [app], settings })
    running.push(simulator)
    const { control } = simulator
    await control.createPerson({ name: 'mei', riskRank: 1, appid: APP_ID, openid: 'oMei' })
    await control.login({ appid: APP_ID, person: 'mei' })
    const platformCertificates = await control.platformCertificates({ appid: APP_ID })
    const security: ApiSecurityOptions = {
      paths: PATHS,
      symmetricKey: SYMMETRIC_KEY,
      privateKey: PRIVATE_KEY,
      platformCertificates,
    }
    const connect = (
      change: Partial<ApiSecurityOptions> = {},
      options: Partial<WeChatClientOptions> = {},
    ) =>
      createClient({
        baseUrl: simulator.url,
        apiSecurity: createApiSecurity({ ...security, ...change }),
        ...options,
      })

    return { control, connect, url: simulator.url }
  }

  /** Forwards everything and records the requests. */
  const relay = async (url: string, spoil: Spoil = (answer) => answer) => {
    const sent: { url: string; headers: IncomingMessage['headers']; body: string }[] = []
    const server = await startHttp(async (request, response) => {
      const body = await text(request)
      sent.push({ url: request.url ?? '', headers: request.headers, body })
      const headers = Object.entries(request.headers).filter(([name]) => /^wechatmp-/.test(name))
      const init = { method: request.method ?? 'GET', headers: headers as [string, string][] }
      const passed = await fetch(url + request.url, { ...init, ...(body && { body }) })
      const answer = await spoil(passed, request)
      response.writeHead(answer.status, Object.fromEntries(answer.headers))
      response.end(await answer.text())
    })

    return { url: server.url, sent }
  }

  return { start, relay }
}

export const QUERY = { openid: 'oMei', scene: 0, clientIp: '203.0.113.9' } as const
