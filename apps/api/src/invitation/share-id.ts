import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto'
import type { KeyRing } from '../config/key-ring.ts'
import { randomPool } from '../infra/random-pool.ts'

const ALGORITHM = 'aes-256-gcm'
const KEY_BYTES = 32
const IV_BYTES = 12
const TAG_BYTES = 16
const UUID_BYTES = 16
const SECONDS_BYTES = 4
const ID_BYTES = IV_BYTES + TAG_BYTES + UUID_BYTES + SECONDS_BYTES
/** So that no other use of the same ring has the same keys. */
const PURPOSE = 'oa-mini share id'
const SHAPE = /^([A-Za-z0-9_-]{1,32})\.([A-Za-z0-9_-]+)$/

type Share = { publicId: string; expiresAt: Date }

export type ShareIds = ReturnType<typeof createShareIds>

/**
 * Makes ids that say who shared a card, for one app and this server alone: `kid.base64url(iv, tag,
 * ciphertext)`. Nobody else can read or make one, and two ids of one user have nothing in common.
 */
export const createShareIds = ({ keys }: { keys: KeyRing }) => {
  const derived = new Map<string, Buffer>()
  const keyOf = (kid: string): Buffer | null => {
    const known = derived.get(kid)
    if (known !== undefined) return known
    const base = keys.find(kid)
    if (base === undefined) return null
    const key = Buffer.from(hkdfSync('sha256', base, '', PURPOSE, KEY_BYTES))
    derived.set(kid, key)
    return key
  }

  return {
    issue(share: Share, appId: string): string {
      const { kid } = keys.current
      const key = keyOf(kid)
      if (key === null) throw new Error('the current key is not in its ring')
      const iv = randomPool.bytes(IV_BYTES)
      const cipher = createCipheriv(ALGORITHM, key, iv).setAAD(Buffer.from(appId))
      const sealed = Buffer.concat([cipher.update(encode(share)), cipher.final()])
      return `${kid}.${Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')}`
    },
    /** Null for everything that this server did not make for that app. */
    read(shareId: string, appId: string): Share | null {
      const [, kid = '', encoded = ''] = SHAPE.exec(shareId) ?? []
      const key = keyOf(kid)
      const body = Buffer.from(encoded, 'base64url')
      if (key === null || body.length !== ID_BYTES) return null
      return decode(open(key, body, appId))
    },
  }
}

const open = (key: Buffer, body: Buffer, appId: string): Buffer | null => {
  const tagEnd = IV_BYTES + TAG_BYTES
  const decipher = createDecipheriv(ALGORITHM, key, body.subarray(0, IV_BYTES))
    .setAAD(Buffer.from(appId))
    .setAuthTag(body.subarray(IV_BYTES, tagEnd))
  try {
    return Buffer.concat([decipher.update(body.subarray(tagEnd)), decipher.final()])
  } catch {
    return null
  }
}

const encode = ({ publicId, expiresAt }: Share) => {
  const bytes = Buffer.alloc(UUID_BYTES + SECONDS_BYTES)
  bytes.write(publicId.replaceAll('-', ''), 'hex')
  bytes.writeUInt32BE(Math.floor(expiresAt.getTime() / 1_000), UUID_BYTES)
  return bytes
}

const decode = (bytes: Buffer | null): Share | null => {
  if (bytes === null) return null
  const hex = bytes.toString('hex', 0, UUID_BYTES)
  const publicId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  return { publicId, expiresAt: new Date(bytes.readUInt32BE(UUID_BYTES) * 1_000) }
}
