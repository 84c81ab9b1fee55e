import { generateKeyPair, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import type { ApiSecurityKeys } from '../api-security/sealed-call.ts'
import type { Control } from './client.ts'

/** Sets up API安全 of an app with new keys; resolves to the developer's side of them. */
export const setUpApiSecurity = async (
  control: Control,
  appid: string,
): Promise<ApiSecurityKeys> => {
  const { privateKey, publicKey } = await createKeyPair()
  const symmetricKey = {
    sn: randomBytes(16).toString('hex'),
    key: randomBytes(32).toString('base64'),
  }
  const key = publicKey.export({ type: 'spki', format: 'pem' }).toString()
  await control.changeApp({ appid, apiSecurity: { symmetricKey, publicKey: { sn: '1', key } } })

  return {
    symmetricKey,
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificates: await control.platformCertificates({ appid }),
  }
}

// One for the whole process: creating it takes longer than everything that is done with it.
let keyPair: ReturnType<typeof generate> | undefined
const generate = () => promisify(generateKeyPair)('rsa', { modulusLength: 2048 })

const createKeyPair = () => {
  keyPair ??= generate()
  return keyPair
}
