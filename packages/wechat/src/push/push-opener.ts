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
  /** The EncodingAESKey of the push settings, and while it is being changed the previous one. */
  encodingAesKeys?: readonly string[]
  /** How far a push's timestamp may be from now, either way; 5 minutes unless told. */
  maxSkewSeconds?: number
  /** Unix time, ms. */
  now?: () => number
}

export type OpenedPush = {
  message: PushMessage
  format: PushFormat
  /** The key it was encrypted with; null in plain mode. */
  key: Buffer | null
  /** What was signed: the same proof under another message is a forgery. */
  proof: string
}

/** Checks a push and reads its message; null for one that is not WeChat's, not fresh or not readable. */
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
      // This signature leaves the body out; the caller therefore takes a proof for one message only.
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
