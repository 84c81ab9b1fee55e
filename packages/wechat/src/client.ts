import type { Call } from './call/call.ts'
import { createCall } from './call/call.ts'
import type { SendMiddleware, SendWithToken } from './call/send-with-token.ts'
import { createSendWithToken } from './call/send-with-token.ts'
import type { OnCall, OnEvent } from './events.ts'
import { createEmitter } from './events.ts'
import type { Code2Session } from './login/code2session.ts'
import { createCode2Session } from './login/code2session.ts'
import type { SendCustomMessage } from './message/custom-message.ts'
import { createSendCustomMessage } from './message/custom-message.ts'
import type { SendSubscribeMessage } from './message/subscribe-message.ts'
import { createSendSubscribeMessage } from './message/subscribe-message.ts'
import type { PolicyOptions } from './options.ts'
import { parseBaseUrl, resolvePolicy } from './options.ts'
import type { GetPhoneNumber } from './phone/get-phone-number.ts'
import { createGetPhoneNumber } from './phone/get-phone-number.ts'
import type { AccessToken } from './token/access-token-broker.ts'
import { createAccessTokenBroker } from './token/access-token-broker.ts'
import { createFetchAccessToken } from './token/fetch-access-token.ts'
import { createMemoryTokenStore } from './token/memory-token-store.ts'
import type { TokenStore } from './token/token-store.ts'
import type { CallHealth } from './transport/call-policy.ts'
import { createConnection } from './transport/connection.ts'

export type WeChatClientOptions = Partial<PolicyOptions> & {
  appId: string
  appSecret: string
  /** https, or http on a loopback address. `https://api.weixin.qq.com` by default. */
  baseUrl?: string
  /** Certificate authorities (PEM) to trust instead of Node's, for a gateway with its own. */
  ca?: string
  onEvent?: OnEvent
  /** Measures every call. */
  onCall?: OnCall
  /** Where nodes share the access_token; the memory of this client by default. */
  tokenStore?: TokenStore
  /** Signs and encrypts calls (API安全): `createApiSecurity` of `@oa/wechat/api-security`. */
  apiSecurity?: SendMiddleware
}

export type WeChatHealth = CallHealth & {
  /** The same for every call other than code2Session. */
  api: CallHealth
}

export type WeChatClient = {
  readonly appId: string
  code2Session: Code2Session
  getPhoneNumber: GetPhoneNumber
  sendSubscribeMessage: SendSubscribeMessage
  sendCustomMessage: SendCustomMessage
  call: Call
  /** Like `call`, for requests or answers that are not JSON. */
  send: SendWithToken
  /** WeChat's server credential, for callers that need it themselves. Never log it. */
  accessToken: {
    get(): Promise<AccessToken>
    /** Ends the present token at once, on every node. WeChat allows it 20 times a day. */
    forceRefresh(): Promise<AccessToken>
  }
  /** The state of this client's calls as of now; sends nothing. */
  health(): WeChatHealth
  /** Closes the connections; resolves when the calls under way have their answers. */
  close(): Promise<void>
}

/**
 * A client for one mini-program. Clients share nothing, so several appids live side by side. Throws a
 * TypeError for options that cannot work; its text never quotes a value.
 */
export const createWeChatClient = (options: WeChatClientOptions): WeChatClient => {
  const credentials = checkCredentials(options)
  const { appId } = credentials
  const policy = resolvePolicy(options)
  const emit = createEmitter(options.onEvent)
  const measured = createEmitter(options.onCall)
  const parts = { baseUrl: parseBaseUrl(options.baseUrl), ca: options.ca, policy, emit, measured }
  // Sign-in needs no token; an outage of the calls that do must not reach it.
  const login = createConnection('login', parts)
  const api = createConnection('api', parts)
  const broker = createAccessTokenBroker({
    key: `access_token:${appId}`,
    store: options.tokenStore ?? createMemoryTokenStore(),
    fetchToken: createFetchAccessToken(api.send, credentials),
    emit,
    budgetMs: policy.totalTimeoutMs,
  })
  const sendWithToken = createSendWithToken(api.send, broker, policy.totalTimeoutMs)
  const send = options.apiSecurity?.(sendWithToken, { appId, emit }) ?? sendWithToken
  const call = createCall(send)

  return {
    appId,
    code2Session: createCode2Session(login.send, credentials),
    getPhoneNumber: createGetPhoneNumber(call, appId),
    sendSubscribeMessage: createSendSubscribeMessage(call),
    sendCustomMessage: createSendCustomMessage(call),
    call,
    send,
    accessToken: { get: () => broker.current(), forceRefresh: () => broker.forceRefresh() },
    health: () => ({ ...login.health(), api: api.health() }),
    close: async () => {
      await Promise.all([login.close(), api.close()])
    },
  }
}

type Credentials = { appId: string; appSecret: string }

const checkCredentials = ({ appId, appSecret }: WeChatClientOptions): Credentials => {
  if (!VISIBLE.test(appId)) throw new TypeError('appId must be 1 to 128 visible characters')
  if (!VISIBLE.test(appSecret)) {
    throw new TypeError('appSecret must be 1 to 128 visible characters')
  }

  return { appId, appSecret }
}

const VISIBLE = /^[\x21-\x7e]{1,128}$/
