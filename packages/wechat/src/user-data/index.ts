export type { EncryptedUserData } from './decrypt-user-data.ts'
export { decryptPhoneNumber, decryptUserData } from './decrypt-user-data.ts'
export { isRawDataSignature, signWithSessionKey } from './signature.ts'
export { UserDataError } from './user-data-error.ts'
