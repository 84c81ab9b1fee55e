import { createCipheriv, createDecipheriv } from 'node:crypto'
import type { KeyRing } from '../../config/key-ring.ts'
import { randomPool } from '../random-pool.ts'

const ALGORITHM = 'aes-256-gcm'
const IV_BYTES = 12
const TAG_BYTES = 16

/** The owner of a session_key; a sealed key opens for no other. */
export type SealOwner = { sessionId: string; openid: string }

export type SessionKeySeal = {
  seal(sessionKey: string, owner: SealOwner): string
  /** Throws unless `sealed` was made for this owner with a key that is still in the ring. */
  open(sealed: string, owner: SealOwner): string
}

/** Seals WeChat's session_key for storage: `kid.base64url(iv, tag, ciphertext)`. */
export const createSessionKeySeal = (keys: KeyRing): SessionKeySeal => ({
  seal(sessionKey, owner) {
    const iv = randomPool.bytes(IV_BYTES)
    const cipher = createCipheriv(ALGORITHM, keys.current.key, iv).setAAD(bindingOf(owner))
    const sealed = Buffer.concat([cipher.update(sessionKey, 'utf8'), cipher.final()])
    const body = Buffer.concat([iv, cipher.getAuthTag(), sealed])
    return `${keys.current.kid}.${body.toString('base64url')}`
  },
  open(sealed, owner) {
    const [kid = '', encoded = ''] = sealed.split('.', 2)
    const key = keys.find(kid)
    if (key === undefined) throw new Error('session_key was sealed with a key that is gone')
    const body = Buffer.from(encoded, 'base64url')
    const decipher = createDecipheriv(ALGORITHM, key, body.subarray(0, IV_BYTES))
      .setAAD(bindingOf(owner))
      .setAuthTag(body.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
    const opened = decipher.update(body.subarray(IV_BYTES + TAG_BYTES))
    return Buffer.concat([opened, decipher.final()]).toString('utf8')
  },
})

const bindingOf = ({ sessionId, openid }: SealOwner) =>
  Buffer.from(JSON.stringify([sessionId, openid]))
