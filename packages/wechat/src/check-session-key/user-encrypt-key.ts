import { Type } from 'typebox'
import type { CallOptions } from '../call/call-options.ts'
import type { WeChatClient } from '../client.ts'
import { checkReply, decodeReply } from '../transport/decode.ts'
import type { UserSession } from './session-key.ts'
import { proofOf } from './session-key.ts'

export type UserEncryptKey = {
  /** Base64 of 16 bytes; must never leave the server. */
  encryptKey: string
  /** Base64 of 16 bytes. */
  iv: string
  /** The version that wx.getUserCryptoManager returns in the client. */
  version: number
  createdAt: Date
  expiresInSeconds: number
}

/**
 * The user's keys of the encrypted channel: at most the last three.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/user-encryptkey.html
 */
export type GetUserEncryptKey = (
  session: UserSession,
  options?: CallOptions,
) => Promise<UserEncryptKey[]>

export const createGetUserEncryptKey =
  ({ send }: Pick<WeChatClient, 'send'>): GetUserEncryptKey =>
  async (session, { signal } = {}) => {
    const reply = await send({
      method: 'POST',
      path: PATH,
      query: proofOf(session),
      headers: { 'content-type': 'application/json' },
      body: '{}',
      decode: decodeReply(PATH),
      signal,
    })

    return checkReply(PATH, Reply, reply).key_info_list.map(
      ({ encrypt_key, iv, version, create_time, expire_in }) => ({
        encryptKey: encrypt_key,
        iv,
        version,
        createdAt: new Date(create_time * 1_000),
        expiresInSeconds: expire_in,
      }),
    )
  }

const PATH = '/wxa/business/getuserencryptkey'
const Key = Type.String({ pattern: '^[A-Za-z0-9+/]+={0,2}$', maxLength: 88 })
const Reply = Type.Object({
  key_info_list: Type.Array(
    Type.Object({
      encrypt_key: Key,
      iv: Key,
      version: Type.Integer(),
      create_time: Type.Integer(),
      expire_in: Type.Integer(),
    }),
    { maxItems: 10 },
  ),
})
