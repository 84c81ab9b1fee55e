import { createHash } from 'node:crypto'
import type { TestApi } from './start-test-api.ts'
import { TEST_APP } from './start-test-api.ts'

export const PUSH_TOKEN = 'pushtoken0123456'
export const AES_KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'
export const OLD_AES_KEY = 'GFEDCBA9876543210zyxwvutsrqponmlkjihgfedcba'

export type PushMode = {
  mode?: 'plain' | 'compat' | 'safe'
  format?: 'xml' | 'json'
  encodingAESKey?: string
  token?: string
}

/** Makes the simulator push to this API. */
export const pushTo = (api: Pick<TestApi, 'url' | 'simulator'>, target: PushMode = {}) =>
  api.simulator.control.changeApp({
    appid: TEST_APP.appid,
    push: { url: `${api.url}/wx/push`, token: PUSH_TOKEN, ...target },
  })

/** The signed query of a push in plain mode; `timestamp` in seconds, by default now. */
export const signedQuery = (timestamp = Math.floor(Date.now() / 1_000), nonce = 'nonce1') => {
  const signature = createHash('sha1')
    .update([PUSH_TOKEN, String(timestamp), nonce].sort().join(''))
    .digest('hex')
  return `?signature=${signature}&timestamp=${timestamp}&nonce=${nonce}`
}

let deliveries = 0

/** Delivers an event in plain mode to one node, as WeChat does; resolves to the HTTP status. */
export const pushByHand = async ({ app }: Pick<TestApi, 'app'>, event: object) => {
  deliveries += 1
  const payload = {
    ToUserName: 'gh_1',
    FromUserName: 'oPlatform',
    CreateTime: 1,
    MsgType: 'event',
    ...event,
  }
  const url = `/wx/push${signedQuery(undefined, `delivery-${deliveries}`)}`
  return (await app.inject({ method: 'POST', url, payload })).statusCode
}
