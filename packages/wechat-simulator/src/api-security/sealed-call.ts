import { createPrivateKey, createPublicKey } from 'node:crypto'
import type { Binding, SymmetricKey } from './envelope.ts'
import { isSignatureOf, openFields, sealFields, signBody } from './envelope.ts'

/** The developer's side of API安全: what the console shows or offers for download. */
export interface ApiSecurityKeys {
  /** `key` is base64 of 32 bytes (AES256_GCM). */
  symmetricKey: { sn: string; key: string }
  /** PEM, RSA. */
  privateKey: string
  /** WeChat's, PEM. */
  certificates: readonly { sn: string; certificate: string }[]
}

/** A deliberate flaw of a sealed call. */
export type SealFlaw =
  | 'changed-body'
  | 'other-address'
  | 'day-old'
  | 'other-appid'
  | 'without-appid'
  | 'without-timestamp'
  | 'without-signature'

export interface SealTarget {
  appid: string
  path: string
}

const ORIGIN = 'https://api.weixin.qq.com'
const OTHER_APPID = 'wx0000000000000000'

/** Signs and encrypts the fields of a call, its query included. https://developers.weixin.qq.com/miniprogram/dev/server/getting_started/api_signature.html */
export const sealCall = (
  keys: ApiSecurityKeys,
  { appid, path }: SealTarget,
  fields: object,
  flaw?: SealFlaw,
) => {
  const at = Date.now() - (flaw === 'day-old' ? 86_400_000 : 0)
  const binding: Binding = {
    url: ORIGIN + path,
    appid: flaw === 'other-appid' ? OTHER_APPID : appid,
    timestamp: String(Math.floor(at / 1000)),
  }
  const sealedFor = flaw === 'other-address' ? { ...binding, url: ORIGIN } : binding
  const body = sealFields(fields, sealedFor, readKey(keys))
  const signature = signBody(body, binding, createPrivateKey(keys.privateKey))
  const headers = Object.entries({
    'Wechatmp-Appid': flaw === 'without-appid' ? '' : binding.appid,
    'Wechatmp-TimeStamp': flaw === 'without-timestamp' ? '' : binding.timestamp,
    'Wechatmp-Signature': flaw === 'without-signature' ? '' : signature,
  }).filter(([, value]) => value !== '')

  return {
    headers: Object.fromEntries(headers),
    body: flaw === 'changed-body' ? `${body} ` : body,
  }
}

/** The fields of a sealed answer, or what is wrong with it. */
export const openAnswer = (
  keys: ApiSecurityKeys,
  { appid, path }: SealTarget,
  headers: Headers,
  body: string,
): { fields: Record<string, unknown> } | { problem: string } => {
  const header = (name: string) => headers.get(`Wechatmp-${name}`) ?? ''
  if (header('Appid') !== appid) return { problem: `Wechatmp-Appid: got "${header('Appid')}"` }
  const binding: Binding = { url: ORIGIN + path, appid, timestamp: header('TimeStamp') }
  const certificate = ['', '-Deprecated']
    .map((suffix) => ({
      signature: header(`Signature${suffix}`),
      ...keys.certificates.find(({ sn }) => sn === header(`Serial${suffix}`)),
    }))
    .find(({ sn }) => sn !== undefined)
  if (!certificate?.certificate) return { problem: `no certificate ${header('Serial')}` }
  const key = createPublicKey(certificate.certificate)
  if (!isSignatureOf(body, binding, key, certificate.signature)) {
    return { problem: 'the signature of the answer is wrong' }
  }
  const opened = openFields(body, binding, readKey(keys))

  return opened ?? { problem: 'the answer is not encrypted as it should be' }
}

const readKey = ({ symmetricKey: { sn, key } }: ApiSecurityKeys): SymmetricKey => ({
  sn,
  key: Buffer.from(key, 'base64'),
})
