/**
 * encryptedData that cannot be accepted. It never says why (wrong key, padding, JSON, watermark, age):
 * the difference would help whoever sent it.
 */
export class UserDataError extends Error {
  override readonly name = 'UserDataError'

  constructor() {
    super('The encrypted user data is not acceptable')
  }
}
