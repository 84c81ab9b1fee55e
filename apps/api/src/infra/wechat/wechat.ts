import { ERRNO } from '@oa/contracts'
import type { PhoneNumber, WeChatClientOptions } from '@oa/wechat'
import { createWeChatClient, decryptPhoneNumber, UserDataError, WeChatError } from '@oa/wechat'
import { outcomeOf } from '../../errors/wechat-errors.ts'
import type { WeChat, WeChatPhone, WeChatState } from './types.ts'

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
        if (error instanceof WeChatError) {
          const { errno, alert } = outcomeOf('signIn', error)
          if (alert === 'misconfigured') misconfigured = true
          // WeChat looked at the code, so it accepts our credentials.
          if (errno === ERRNO.WX_CODE_INVALID) misconfigured = false
        }
        throw error
      }
    },
    async getPhoneNumber(code, openid) {
      const phone = toPhone(await client.getPhoneNumber(code, { openid }))
      if (phone === null) throw contradictoryNumber()
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
    accessToken: () => client.accessToken.get(),
    async sendSubscribeMessage(touser, message) {
      const { msgId } = await client.sendSubscribeMessage({ touser, ...message })
      return msgId
    },
    sendCustomMessage: (touser, message) => client.sendCustomMessage(touser, message),
    state: (): WeChatState => {
      if (misconfigured) return 'misconfigured'
      return client.health().breaker === 'open' ? 'down' : 'up'
    },
    close: () => client.close(),
  }
}

const contradictoryNumber = () =>
  new WeChatError('bad_response', 'getPhoneNumber: the number contradicts itself', {
    retryAfterSeconds: 5,
  })

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
