import { createHash, timingSafeEqual } from 'node:crypto'
import type { ServiceToken } from '../config/service-tokens.ts'

const MAX_LENGTH = 512

/** The service whose token `text` is; null when there is none. Takes the same time whichever it is. */
export const findService = (tokens: readonly ServiceToken[], text: string): string | null => {
  if (text.length > MAX_LENGTH) return null
  const given = createHash('sha256').update(text).digest()
  let found: string | null = null
  for (const { service, hash } of tokens) if (timingSafeEqual(hash, given)) found = service
  return found
}
