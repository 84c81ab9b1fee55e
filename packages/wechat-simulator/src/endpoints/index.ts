import { customSend } from './custom-message.ts'
import type { Endpoint } from './endpoint.ts'
import { jscode2session } from './jscode2session.ts'
import { generateScheme, generateUrlLink } from './link.ts'
import { mediaGet, mediaUpload } from './media.ts'
import { getUserPhoneNumber } from './phone.ts'
import { createWxaQrCode, getWxaCode, getWxaCodeUnlimited } from './qr-code.ts'
import { getUserRiskRank, mediaCheckAsync, msgSecCheck } from './security.ts'
import { checkSession, resetUserSessionKey } from './session-key.ts'
import { subscribeSend } from './subscribe-message.ts'
import { getTemplates } from './subscribe-templates.ts'
import { stableToken, token } from './token.ts'
import { getUserEncryptKey } from './user-encrypt-key.ts'

/** Every endpoint of api.weixin.qq.com that the simulator answers. */
export const endpoints: readonly Endpoint[] = [
  jscode2session,
  token,
  stableToken,
  checkSession,
  resetUserSessionKey,
  getUserPhoneNumber,
  msgSecCheck,
  mediaCheckAsync,
  getUserRiskRank,
  getWxaCodeUnlimited,
  getWxaCode,
  createWxaQrCode,
  generateScheme,
  generateUrlLink,
  subscribeSend,
  getTemplates,
  customSend,
  mediaUpload,
  mediaGet,
  getUserEncryptKey,
]
