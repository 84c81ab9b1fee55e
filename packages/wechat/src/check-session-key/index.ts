export type { SessionKeys, UserSession } from './session-key.ts'
export { createSessionKeys } from './session-key.ts'
export type { GetUserEncryptKey, UserEncryptKey } from './user-encrypt-key.ts'
export { createGetUserEncryptKey } from './user-encrypt-key.ts'
