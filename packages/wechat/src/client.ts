import type { Api } from './api.ts'
import { createApi } from './api.ts'
import { createSecuredSend } from './api-security/secured-send.ts'
import type { Call, SendWithToken } from './call/call.ts'
import { createCall, createSendWithToken } from './call/call.ts'
import { createEmitter } from './events.ts'
import type { Code2Session } from './login/code2session.ts'
import { createCode2Session } from './login/code2session.ts'
import type { WeChatClientOptions } from './options.ts'
import { resolvePolicy } from './options.ts'
import type { AccessToken, AccessTokenBroker } from './token/access-token-broker.ts'
import { createAccessTokenBroker } from './token/access-token-broker.ts'
import { createFetchAccessToken } from './token/fetch-access-token.ts'
import { createMemoryTokenStore } from './token/memory-token-store.ts'
import type { CallHealth } from './transport/call-policy.ts'
import { createConnection } from './transport/connection.ts'
import type { Send } from './transport/send.ts'

export type WeChatHealth = CallHealth & {
  /** The same of every call but code2Session. */
  api: CallHealth
}

export type WeChatClient = Api & {
  code2Session: Code2Session
  call: Call
  /** WeChat's server credential, for callers that must have it themselves. Never log it. */
  accessToken: {
    get(): Promise<AccessToken>
    /** Ends the present token at once, everywhere. WeChat allows it 20 times a day. */
    forceRefresh(): Promise<AccessToken>
  }
  /** What this process has lately seen of WeChat; sends nothing. */
  health(): WeChatHealth
  /** Ends the connections; resolves when the calls under way have their answers. */
  close(): Promise<void>
}

type Credentials = { appId: string; appSecret: string }

/**
 * A client for one mini-program. Clients share nothing, so several appids live side by side. Throws a
 * TypeError for options that cannot work; its text never quotes a value.
 */
export const createWeChatClient = (options: WeChatClientOptions): WeChatClient => {
  const credentials = checkCredentials(options)
  const { totalTimeoutMs } = resolvePolicy(options)
  // Sign-in needs no token and must not suffer from the calls that do.
  const login = createConnection('login', options)
  const api = createConnection('api', options)
  const broker = createBroker(options, credentials, api.send)
  const send = secured(createSendWithToken(api.send, broker, totalTimeoutMs), options)
  const call = createCall(send)

  return {
    code2Session: createCode2Session(login.send, credentials),
    call,
    ...createApi(send, call, credentials.appId),
    accessToken: { get: () => broker.current(), forceRefresh: () => broker.forceRefresh() },
    health: () => ({ ...login.health(), api: api.health() }),
    close: async () => {
      await Promise.all([login.close(), api.close()])
    },
  }
}

const secured = (send: SendWithToken, { appId, apiSecurity, onEvent }: WeChatClientOptions) =>
  apiSecurity ? createSecuredSend(send, appId, apiSecurity, createEmitter(onEvent)) : send

const createBroker = (
  options: WeChatClientOptions,
  credentials: Credentials,
  send: Send,
): AccessTokenBroker =>
  createAccessTokenBroker({
    key: `access_token:${credentials.appId}`,
    store: options.tokenStore ?? createMemoryTokenStore(),
    fetchToken: createFetchAccessToken(send, credentials),
    emit: createEmitter(options.onEvent),
    budgetMs: resolvePolicy(options).totalTimeoutMs,
  })

const checkCredentials = ({ appId, appSecret }: WeChatClientOptions): Credentials => {
  if (!VISIBLE.test(appId)) throw new TypeError('appId must be 1 to 128 visible characters')
  if (!VISIBLE.test(appSecret)) {
    throw new TypeError('appSecret must be 1 to 128 visible characters')
  }

  return { appId, appSecret }
}

const VISIBLE = /^[\x21-\x7e]{1,128}$/
