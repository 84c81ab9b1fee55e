export type { ApiSecurityOptions } from './api-security/security-keys.ts'
export type { Call, CallRequest } from './call/call.ts'
export type { CallOptions } from './call/call-options.ts'
export type { WeChatClient, WeChatHealth } from './client.ts'
export { createWeChatClient } from './client.ts'
export type {
  ContentSafety,
  ContentScene,
  MediaCheck,
  TextCheck,
  TextVerdict,
} from './content/content-safety.ts'
export type { GetUserRiskRank, RiskQuery, RiskRank } from './content/user-risk-rank.ts'
export type { ErrcodeEntry } from './errcodes/entry.ts'
export { describeErrcode, ERRCODES } from './errcodes/index.ts'
export type { WeChatErrorDetails, WeChatErrorReason } from './errors.ts'
export { WeChatError } from './errors.ts'
export type { BreakerState, OnEvent, WeChatEvent } from './events.ts'
export type { AppLink, AppLinks } from './link/app-link.ts'
export type { Code2Session, Code2SessionResult } from './login/code2session.ts'
export type { MediaFile, TemporaryMedia } from './media/temporary-media.ts'
export type { CustomMessage, SendCustomMessage } from './message/custom-message.ts'
export type { SendSubscribeMessage, SubscribeMessage } from './message/subscribe-message.ts'
export type { PolicyOptions, WeChatClientOptions } from './options.ts'
export { DEFAULT_BASE_URL } from './options.ts'
export type { GetPhoneNumber } from './phone/get-phone-number.ts'
export type { PhoneNumber } from './phone/phone-number.ts'
export type { DedupeStore } from './push/dedupe-store.ts'
export { createMemoryDedupeStore } from './push/dedupe-store.ts'
export type { PushEvent, PushMessage } from './push/push-message.ts'
export { toPushEvent } from './push/push-message.ts'
export type { PushOpenerOptions, PushQuery } from './push/push-opener.ts'
export type {
  PushAnswer,
  PushHandler,
  PushReceiver,
  PushReceiverOptions,
  PushReply,
} from './push/push-receiver.ts'
export { createPushReceiver } from './push/push-receiver.ts'
export { createRedisDedupeStore } from './push/redis-dedupe-store.ts'
export type { CodeImage, CodeImages, CodeStyle, UnlimitedCode } from './qr-code/qr-code.ts'
export type { RedisLike, RedisStoreOptions } from './redis/redis-like.ts'
export type { PersonSession, SessionKeys } from './session-key/session-key.ts'
export type { GetUserEncryptKey, UserEncryptKey } from './session-key/user-encrypt-key.ts'
export type { AccessToken } from './token/access-token-broker.ts'
export { createMemoryTokenStore } from './token/memory-token-store.ts'
export { createRedisTokenStore } from './token/redis-token-store.ts'
export type { StoredToken, TokenLock, TokenStore } from './token/token-store.ts'
export type { CallHealth } from './transport/call-policy.ts'
export type { EncryptedUserData } from './user-data/decrypt-user-data.ts'
export { decryptPhoneNumber, decryptUserData } from './user-data/decrypt-user-data.ts'
export { isRawDataSignature, signWithSessionKey } from './user-data/signature.ts'
export { UserDataError } from './user-data/user-data-error.ts'
