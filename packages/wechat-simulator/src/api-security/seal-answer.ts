import { randomBytes } from 'node:crypto'
import type { Answer } from '../faults/send.ts'
import type { Platform } from '../platform/platform.ts'
import type { BadSeal } from './bad-seal.ts'
import { sealFields, signBody } from './envelope.ts'
import type { OpenedCall } from './open-call.ts'

const HOUR_MS = 3_600_000

/** Encrypts and signs the JSON of an answer, also under a deprecated certificate. */
export const sealAnswer = async (
  answer: Answer,
  { binding, symmetricKey }: OpenedCall,
  { clock, platformCertificates }: Platform,
  badSeal?: BadSeal,
): Promise<Answer> => {
  if (badSeal === 'unsigned') return answer
  const signers = await platformCertificates.of(binding.appid)
  const at = clock.now() - (badSeal === 'stale' ? HOUR_MS : 0)
  const appid = badSeal === 'otherApp' ? 'wx0000000000000000' : binding.appid
  const bound = { url: binding.url, appid, timestamp: String(Math.floor(at / 1000)) }
  const key = badSeal === 'otherKey' ? randomBytes(32) : symmetricKey.key
  const body = sealFields(JSON.parse(answer.body.toString()), bound, { sn: symmetricKey.sn, key })
  const signatures = signers.map(({ sn, deprecated, privateKey }) => {
    const suffix = deprecated ? '-Deprecated' : ''
    const serial = badSeal === 'unknownSerial' ? randomBytes(16).toString('hex') : sn
    return {
      [`Wechatmp-Serial${suffix}`]: serial,
      [`Wechatmp-Signature${suffix}`]: signBody(body, bound, privateKey),
    }
  })

  return {
    ...answer,
    body: Buffer.from(badSeal === 'tampered' ? ` ${body}` : body),
    headers: Object.assign(
      { 'Wechatmp-Appid': appid, 'Wechatmp-TimeStamp': bound.timestamp },
      ...signatures,
    ),
  }
}
