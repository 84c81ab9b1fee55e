import { badArgument } from '../errors/business-error.ts'

const LONE_SURROGATE = /\p{Cs}/u
/** Deeper than any request of the contract. */
const MAX_DEPTH = 8

/**
 * Brings every text of a parsed body to NFC, in place, so that what looks the same is validated and
 * stored the same. Refuses lone surrogates, and bodies nested deeper than any request is.
 */
export const normalizeText = (value: unknown, depth = 0): unknown => {
  if (typeof value === 'string') return normalize(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth === MAX_DEPTH) throw badArgument('tooDeep')
  const entries: [string, unknown][] = Object.entries(value)
  for (const [key, inner] of entries) {
    Object.assign(value, { [key]: normalizeText(inner, depth + 1) })
  }
  return value
}

const normalize = (text: string) => {
  if (LONE_SURROGATE.test(text)) throw badArgument('invalidUnicode')
  return text.normalize('NFC')
}
