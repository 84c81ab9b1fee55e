import type { PushFormat } from './push-body.ts'
import { parsePushBody, toPushMessage } from './push-body.ts'
import { decodeAesKey, decryptPush, isPushSignature } from './push-crypto.ts'
import type { PushMessage } from './push-message.ts'

export type PushQuery = {
  signature?: string
  timestamp?: string
  nonce?: string
  echostr?: string
  msg_signature?: string
  encrypt_type?: string
}

export type PushOpenerOptions = {
  appId: string
  /** The Token of the push settings. */
  token: string
  /** The EncodingAESKey of the push settings and, while it is being replaced, the previous one. */
  encodingAesKeys?: readonly string[]
  /** How far the timestamp of a push may be from now, either way; 5 minutes by default. */
  maxSkewSeconds?: number
  /** Returns Unix time, ms; the clock by default. */
  now?: () => number
}

export type OpenedPush = {
  message: PushMessage
  format: PushFormat
  /** The key that decrypted it; null in plain mode. */
  key: Buffer | null
  /** Identifies the signature: the same proof with another message is a forgery. */
  proof: string
}

/** Verifies a push and reads its message; null when it is not from WeChat, not recent or malformed. */
export const createPushOpener = ({
  appId,
  token,
  encodingAesKeys = [],
  maxSkewSeconds = 300,
  now = Date.now,
}: PushOpenerOptions) => {
  const keys = encodingAesKeys.map(decodeAesKey)
  const isFresh = (timestamp: string) =>
    /^\d{1,12}$/.test(timestamp) && Math.abs(now() / 1_000 - Number(timestamp)) <= maxSkewSeconds

  return (query: PushQuery, text: string): OpenedPush | null => {
    const { signature = '', timestamp = '', nonce = '', msg_signature = '' } = query
    if (!isFresh(timestamp) || nonce === '') return null
    const body = text.length <= MAX_BODY_LENGTH ? parsePushBody(text) : null
    if (!body) return null
    const proof = `${timestamp}:${nonce}`

    if (keys.length === 0) {
      // This signature does not cover the body, so the caller accepts each proof for one message only.
      const message = toPushMessage(body.fields)
      const isSigned = isPushSignature(signature, token, timestamp, nonce)
      return message && isSigned ? { message, format: body.format, key: null, proof } : null
    }
    const { Encrypt } = body.fields
    if (typeof Encrypt !== 'string') return null
    if (!isPushSignature(msg_signature, token, timestamp, nonce, Encrypt)) return null

    return openEncrypted(Encrypt, { appId, keys, proof })
  }
}

const MAX_BODY_LENGTH = 262_144

const openEncrypted = (
  encrypted: string,
  { appId, keys, proof }: { appId: string; keys: readonly Buffer[]; proof: string },
): OpenedPush | null => {
  for (const key of keys) {
    const text = decryptPush(encrypted, key, appId)
    const body = text === null ? null : parsePushBody(text)
    const message = body && toPushMessage(body.fields)
    if (message) return { message, format: body.format, key, proof }
  }

  return null
}
