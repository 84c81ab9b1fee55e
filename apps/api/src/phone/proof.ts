import { WeChatError } from '@oa/wechat'
import { phoneCodeInvalid } from '../errors/business-error.ts'
import { toBusinessError } from '../errors/wechat-errors.ts'
import type { AlertOperator } from '../infra/wechat/operator-alert.ts'
import type { WeChatPhone } from '../infra/wechat/types.ts'
import type { WeChat } from '../infra/wechat/wechat.ts'
import type { PhoneBudget, Spender } from './budget.ts'
import type { CodeOwner, KnownCodes } from './known-codes.ts'

type Deps = {
  wechats: { of(appId: string): Pick<WeChat, 'getPhoneNumber' | 'decryptPhoneNumber'> }
  budget: PhoneBudget
  knownCodes: KnownCodes
  alertOperator: AlertOperator
}

type EncryptedNumber = { encryptedData: string; iv: string }

/** A code of `getPhoneNumber`, or what base libraries before 2.21.2 give instead. */
export type PhoneProof = { code: string } | EncryptedNumber

export type PhoneProofs = ReturnType<typeof createPhoneProofs>

/** Finds out which number WeChat vouches for; rejects with the `BusinessError` that the user is to see. */
export const createPhoneProofs = ({ wechats, budget, knownCodes, alertOperator }: Deps) => ({
  /** Asks WeChat, which costs money, unless it has just given the same owner the number for this code. */
  async ofCode(code: string, owner: CodeOwner & Spender): Promise<WeChatPhone> {
    const known = await knownCodes.find(code, owner)
    if (known !== null) return known
    const phone = await budget.spend(owner, async () => {
      try {
        return await wechats.of(owner.appId).getPhoneNumber(code, owner.openid)
      } catch (error) {
        if (!(error instanceof WeChatError)) throw error
        alertOperator('phone', error, owner.appId)
        throw toBusinessError('phone', error)
      }
    })
    await knownCodes.add(code, owner, phone)
    return phone
  },

  /** Makes no call. `findSessionKey` is called only when the owner may try once more. */
  async ofData(
    data: EncryptedNumber,
    owner: Spender,
    findSessionKey: () => Promise<string>,
  ): Promise<WeChatPhone> {
    await budget.countDecryption(owner)
    const sessionKey = await findSessionKey()
    const phone = wechats.of(owner.appId).decryptPhoneNumber({ sessionKey, ...data })
    if (phone === null) throw phoneCodeInvalid()
    return phone
  },
})
