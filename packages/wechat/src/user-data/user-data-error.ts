/**
 * encryptedData that is not acceptable. It never says why (wrong key, padding, JSON, watermark, age):
 * the difference would help an attacker.
 */
export class UserDataError extends Error {
  override readonly name = 'UserDataError'

  constructor() {
    super('The encrypted user data is not acceptable')
  }
}
