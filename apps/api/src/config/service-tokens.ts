import { createHash } from 'node:crypto'
import { decodeKey } from './key-ring.ts'

/** One token of one of the company's services, as its hash; while it is rotated, a service has two. */
export type ServiceToken = { service: string; hash: Buffer }

const NAME = /^[a-z][a-z0-9-]{0,31}$/
const MIN_BYTES = 32

/**
 * Reads `name:base64[,name:base64…]`, where a name may stand several times. Resolves to the tokens, or
 * to a sentence that says what is wrong and never repeats them.
 */
export const parseServiceTokens = (text: string): ServiceToken[] | string => {
  const tokens: ServiceToken[] = []
  for (const entry of text.split(',')) {
    const [service = '', encoded = ''] = entry.trim().split(':', 2)
    if (!NAME.test(service)) return 'must be name:base64[,name:base64…]'
    const key = decodeKey(encoded, { min: MIN_BYTES })
    if (typeof key === 'string') return key.replaceAll('kid:', 'name:')
    const hash = hashOf(encoded)
    if (tokens.some((other) => other.hash.equals(hash))) return 'holds the same token twice'
    tokens.push({ service, hash })
  }
  return tokens
}

const hashOf = (text: string) => createHash('sha256').update(text).digest()
