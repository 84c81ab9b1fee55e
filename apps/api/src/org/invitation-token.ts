import { createHash, createHmac, hkdfSync } from 'node:crypto'
import type { KeyRing } from '../config/key-ring.ts'

const KEY_BYTES = 32
/** 128 bits: as `i=` and 22 characters they fit into the 32 of a mini-program code. */
const TOKEN_BYTES = 16
const PURPOSE = 'oa-mini invitation'

export type InvitationTokens = ReturnType<typeof createInvitationTokens>

/**
 * What is handed out for an invitation. It follows from who asks and the id of their request, so that a
 * request repeated after a lost answer gets the same one, while only its hash is kept.
 */
export const createInvitationTokens = (keys: KeyRing) => {
  const key = Buffer.from(hkdfSync('sha256', keys.current.key, '', PURPOSE, KEY_BYTES))

  return {
    draw: (maker: string, requestId: string): string =>
      createHmac('sha256', key)
        .update(`${maker}:${requestId}`)
        .digest()
        .subarray(0, TOKEN_BYTES)
        .toString('base64url'),
  }
}

export const hashOfToken = (token: string): string =>
  createHash('sha256').update(token).digest('hex')

/** The page that opens when somebody taps the card; a mini-program code has the same as its scene. */
export const JOIN_PAGE = 'pages/join/join'
export const joinPath = (token: string) => `${JOIN_PAGE}?i=${token}`
export const joinScene = (token: string) => `i=${token}`
