import type { PhoneNumber, WeChatClientOptions } from '@oa/wechat'
import { createWeChatClient, decryptPhoneNumber, UserDataError } from '@oa/wechat'
import { toLoginFailure, toMessageFailure, toPhoneFailure } from './failures.ts'
import type { WeChat, WeChatPhone, WeChatState } from './types.ts'
import { WeChatFailure } from './types.ts'

/** WeChat itself, or whatever speaks like it at `baseUrl`. */
export const createWeChat = (options: WeChatClientOptions): WeChat => {
  const client = createWeChatClient(options)
  const { appId } = options
  let misconfigured = false

  return {
    async code2Session(code) {
      try {
        const { openid, sessionKey, unionid } = await client.code2Session(code)
        misconfigured = false
        return { openid, sessionKey, unionid: unionid ?? null }
      } catch (error) {
        const failure = toLoginFailure(error)
        if (failure.kind === 'misconfigured') misconfigured = true
        if (failure.kind === 'code_invalid') misconfigured = false
        throw failure
      }
    },
    async getPhoneNumber(code, openid) {
      const given = await client.getPhoneNumber(code, { openid }).catch(throwing(toPhoneFailure))
      const phone = toPhone(given)
      if (phone === null) throw new WeChatFailure('unavailable', 'a number that contradicts itself')
      return phone
    },
    decryptPhoneNumber(data) {
      try {
        return toPhone(decryptPhoneNumber({ appId, ...data }))
      } catch (error) {
        if (error instanceof UserDataError) return null
        throw error
      }
    },
    accessToken: () => client.accessToken.get().catch(throwing(toMessageFailure)),
    async sendSubscribeMessage(touser, message) {
      const sent = client.sendSubscribeMessage({ touser, ...message })
      return (await sent.catch(throwing(toMessageFailure))).msgId
    },
    sendCustomMessage: (touser, message) =>
      client.sendCustomMessage(touser, message).catch(throwing(toMessageFailure)),
    state: (): WeChatState => {
      if (misconfigured) return 'misconfigured'
      return client.health().breaker === 'open' ? 'down' : 'up'
    },
    close: () => client.close(),
  }
}

const throwing =
  (toFailure: (error: unknown) => WeChatFailure) =>
  (error: unknown): never => {
    throw toFailure(error)
  }

/**
 * Null when the number with its country code is another one than the number without: encryptedData is
 * not signed, and whoever sends it may have tried to change one of them.
 */
const toPhone = ({
  phoneNumber,
  purePhoneNumber,
  countryCode,
}: PhoneNumber): WeChatPhone | null => {
  const digits = phoneNumber.replaceAll(/\D/g, '')
  return digits === purePhoneNumber || digits === countryCode + purePhoneNumber
    ? { countryCode, number: purePhoneNumber }
    : null
}
