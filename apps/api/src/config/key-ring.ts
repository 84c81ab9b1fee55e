/** A secret with the name that says which one it is. */
export type NamedKey = { kid: string; key: Buffer }

/** The first key signs and seals; each of them verifies and opens. */
export type KeyRing = {
  current: NamedKey
  /** The current one first. */
  all: readonly NamedKey[]
  find(kid: string): Buffer | undefined
}

export const createKeyRing = (keys: readonly NamedKey[]): KeyRing => {
  const [current] = keys
  if (current === undefined) throw new Error('a key ring needs at least one key')
  const byKid = new Map(keys.map(({ kid, key }) => [kid, key]))
  return { current, all: keys, find: (kid) => byKid.get(kid) }
}

const KID = /^[A-Za-z0-9_-]{1,32}$/
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/
/** A key with fewer different bytes was typed or repeated, not drawn. */
const MIN_DIFFERENT_BYTES = 12

export type KeyLength = { min: number; max?: number }

/**
 * Reads `kid:base64[,kid:base64…]`. Resolves to the keys, or to a sentence that says what is wrong
 * with them and never repeats them.
 */
export const parseKeys = (text: string, length: KeyLength): NamedKey[] | string => {
  const keys: NamedKey[] = []
  for (const entry of text.split(',')) {
    const [kid = '', encoded = ''] = entry.trim().split(':', 2)
    if (!KID.test(kid)) return 'must be kid:base64[,kid:base64…]'
    if (keys.some((other) => other.kid === kid)) return 'names the same kid twice'
    const key = decodeKey(encoded, length)
    if (typeof key === 'string') return key
    keys.push({ kid, key })
  }
  return keys
}

/** The bytes of a key, or what is wrong with it. */
export const decodeKey = (encoded: string, { min, max }: KeyLength): Buffer | string => {
  if (!BASE64.test(encoded)) return 'must be kid:base64[,kid:base64…]'
  const key = Buffer.from(encoded, 'base64')
  if (key.length < min) return `needs keys of at least ${min} random bytes`
  if (max !== undefined && key.length > max) return `needs keys of exactly ${max} bytes`
  if (isTyped(key)) return 'is too easy to guess: draw the keys with `openssl rand -base64 32`'
  return key
}

/** True for what people type or copy: readable text, and few different bytes. */
const isTyped = (key: Buffer) =>
  new Set(key).size < MIN_DIFFERENT_BYTES || key.every((byte) => byte >= 0x20 && byte < 0x7f)
