import type { Call, SendWithToken } from './call/call.ts'
import type { ContentSafety } from './content/content-safety.ts'
import { createContentSafety } from './content/content-safety.ts'
import type { GetUserRiskRank } from './content/user-risk-rank.ts'
import { createGetUserRiskRank } from './content/user-risk-rank.ts'
import type { AppLinks } from './link/app-link.ts'
import { createAppLinks } from './link/app-link.ts'
import type { TemporaryMedia } from './media/temporary-media.ts'
import { createTemporaryMedia } from './media/temporary-media.ts'
import type { SendCustomMessage } from './message/custom-message.ts'
import { createSendCustomMessage } from './message/custom-message.ts'
import type { SendSubscribeMessage } from './message/subscribe-message.ts'
import { createSendSubscribeMessage } from './message/subscribe-message.ts'
import type { GetPhoneNumber } from './phone/get-phone-number.ts'
import { createGetPhoneNumber } from './phone/get-phone-number.ts'
import type { CodeImages } from './qr-code/qr-code.ts'
import { createCodeImages } from './qr-code/qr-code.ts'
import type { SessionKeys } from './session-key/session-key.ts'
import { createSessionKeys } from './session-key/session-key.ts'
import type { GetUserEncryptKey } from './session-key/user-encrypt-key.ts'
import { createGetUserEncryptKey } from './session-key/user-encrypt-key.ts'

/** Every named call that takes an access_token. */
export type Api = SessionKeys &
  ContentSafety &
  CodeImages &
  AppLinks &
  TemporaryMedia & {
    getPhoneNumber: GetPhoneNumber
    getUserEncryptKey: GetUserEncryptKey
    getUserRiskRank: GetUserRiskRank
    sendSubscribeMessage: SendSubscribeMessage
    sendCustomMessage: SendCustomMessage
  }

export const createApi = (send: SendWithToken, call: Call, appId: string): Api => ({
  getPhoneNumber: createGetPhoneNumber(call, appId),
  ...createSessionKeys(call),
  getUserEncryptKey: createGetUserEncryptKey(send),
  ...createContentSafety(call),
  getUserRiskRank: createGetUserRiskRank(call, appId),
  ...createCodeImages(send),
  ...createAppLinks(call),
  sendSubscribeMessage: createSendSubscribeMessage(call),
  sendCustomMessage: createSendCustomMessage(call),
  ...createTemporaryMedia(send),
})
