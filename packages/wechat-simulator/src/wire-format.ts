// WeChat's wire formats for programs that stand in for a developer's server or for WeChat itself.

export type { ApiSecurityKeys, SealFlaw } from './api-security/sealed-call.ts'
export { openAnswer, sealCall } from './api-security/sealed-call.ts'
export { encryptPush, signPush } from './push/push-crypto.ts'
export type { PushMessage } from './push/push-message.ts'
export { toXml } from './push/push-message.ts'
