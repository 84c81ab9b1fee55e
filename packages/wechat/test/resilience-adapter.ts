import type {
  ClientSettings,
  Failure,
  ResilienceAdapter,
  ResilienceClient,
} from '@oa/wechat-conformance/resilience'
import { Type } from 'typebox'
import type { ContentScene } from '../src/content/index.ts'
import type {
  PushMessage,
  TokenStore,
  WeChatClientOptions,
  WeChatErrorReason,
} from '../src/index.ts'
import {
  createMemoryDedupeStore,
  createMemoryTokenStore,
  createPushReceiver,
  UserDataError,
  WeChatError,
} from '../src/index.ts'
import { decryptUserData } from '../src/user-data/index.ts'
import { createFullClient } from './full-client.ts'

/** This client, with nothing but its defaults, under the names of the resilience suite. */
export const adapter: ResilienceAdapter = {
  createClient: (settings) => createResilienceClient(settings, {}),
  createNodes: (settings, count) => {
    const shared: { tokenStore: TokenStore } = { tokenStore: createMemoryTokenStore() }
    return Array.from({ length: count }, () => createResilienceClient(settings, shared))
  },
  classify: (error) => {
    if (error instanceof UserDataError) return 'invalid_data'

    return error instanceof WeChatError ? FAILURES[error.reason] : undefined
  },
}

const FAILURES: Record<WeChatErrorReason, Failure> = {
  code_invalid: 'code_invalid',
  risk_blocked: 'risk',
  rate_limited: 'rate_limited',
  quota_exhausted: 'quota',
  busy: 'unavailable',
  misconfigured: 'misconfigured',
  timeout: 'unavailable',
  unreachable: 'unavailable',
  tls: 'unavailable',
  bad_response: 'bad_response',
  circuit_open: 'unavailable',
  overloaded: 'unavailable',
  rejected: 'rejected',
}

const SCENES: readonly ContentScene[] = ['profile', 'comment', 'forum', 'social_log']

const createResilienceClient = (
  { baseUrl, appid, secret, ca, push }: ClientSettings,
  shared: Partial<WeChatClientOptions>,
): ResilienceClient => {
  const client = createFullClient({
    appId: appid,
    appSecret: secret,
    baseUrl,
    ...(ca !== undefined && { ca }),
    ...shared,
  })

  return {
    operations: {
      code2Session: async ({ code }) => {
        const { openid, sessionKey, unionid } = await client.code2Session(code)
        return { openid, session_key: sessionKey, ...(unionid !== null && { unionid }) }
      },
      getPhoneNumber: ({ code }) => client.getPhoneNumber(code),
      callWithToken: () => client.call({ path: '/wxa/ping', reply: Type.Object({}) }),
      checkText: ({ openid, scene, content }) =>
        client.msgSecCheck({ openid, scene: SCENES[scene - 1] ?? 'profile', content }),
      getWxaCodeUnlimit: async ({ scene }) => {
        const { contentType, data } = await client.getWxaCodeUnlimit({ scene })
        return { contentType, bytes: data.length }
      },
      sendSubscribeMessage: async ({ touser, template_id, data }) => {
        const { msgId } = await client.sendSubscribeMessage({
          touser,
          templateId: template_id,
          data,
        })
        return { msgid: msgId }
      },
      sendCustomMessage: async ({ touser, content }) => {
        await client.sendCustomMessage(touser, { type: 'text', content })
        return {}
      },
      getMedia: async ({ media_id }) => ({ bytes: (await client.getMedia(media_id)).data.length }),
      uploadMedia: async ({ filename, base64 }) => {
        const data = Buffer.from(base64, 'base64')
        const file = { filename, contentType: 'image/jpeg', data }
        return { media_id: (await client.uploadMedia(file)).mediaId }
      },
      decryptUserData: async ({ session_key, encryptedData, iv }) =>
        decryptUserData({ appId: appid, sessionKey: session_key, encryptedData, iv }),
      ...createPushOperations(appid, push),
    },
    close: () => client.close(),
  }
}

const createPushOperations = (
  appId: string,
  { token, encodingAESKeys }: ClientSettings['push'],
): ResilienceClient['operations'] => {
  const receiver = createPushReceiver({
    appId,
    token,
    encodingAesKeys: encodingAESKeys,
    dedupeStore: createMemoryDedupeStore(),
  })

  return {
    verifyPush: async ({ query }) => {
      const { status, body } = receiver.verifyUrl(query)
      return { accepted: status === 200, echo: body }
    },
    receivePush: async ({ query, body }) => {
      const messages: PushMessage[] = []
      const push = { query, body }
      const { status } = await receiver.receive(
        push,
        async (message) => void messages.push(message),
      )
      return { accepted: status === 200, handled: messages.length, message: messages.at(-1) }
    },
  }
}
