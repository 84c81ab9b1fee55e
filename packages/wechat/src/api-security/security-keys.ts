import type { KeyObject } from 'node:crypto'
import { createPrivateKey, createPublicKey } from 'node:crypto'

/** The keys of 开发管理 → 开发设置 → API安全, for AES256_GCM and RSAwithSHA256. */
export type ApiSecurityOptions = {
  /** Paths that are signed and encrypted, e.g. `/wxa/getuserriskrank`; POST with a JSON body. */
  paths: readonly string[]
  /** `key` is base64 of 32 bytes. */
  symmetricKey: { sn: string; key: string }
  /** Ours, PEM. */
  privateKey: string
  /** WeChat's certificates, PEM; during a change both. */
  platformCertificates: readonly { sn: string; certificate: string }[]
}

export type SecurityKeys = {
  appId: string
  sn: string
  key: Buffer
  privateKey: KeyObject
  platformKeys: ReadonlyMap<string, KeyObject>
}

/** Reads the keys once; throws a TypeError that names the one that cannot be read. */
export const readSecurityKeys = (appId: string, options: ApiSecurityOptions): SecurityKeys => {
  const key = Buffer.from(options.symmetricKey.key, 'base64')
  if (key.length !== 32) throw new TypeError('symmetricKey must be base64 of 32 bytes')

  return {
    appId,
    sn: options.symmetricKey.sn,
    key,
    privateKey: readKey('privateKey', () => createPrivateKey(options.privateKey)),
    platformKeys: new Map(
      options.platformCertificates.map(({ sn, certificate }) => [
        sn.toUpperCase(),
        readKey('platformCertificates', () => createPublicKey(certificate)),
      ]),
    ),
  }
}

const readKey = (name: string, read: () => KeyObject): KeyObject => {
  try {
    return read()
  } catch {
    throw new TypeError(`${name} is not a PEM key`)
  }
}
