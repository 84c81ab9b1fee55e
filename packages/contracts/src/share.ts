import type { Static } from 'typebox'
import { Type } from 'typebox'
import { Instant } from './text.ts'

/**
 * Says which user shared a card, readable to the server alone. A sign-in may carry the one of the card
 * by which the user came; it never fails by what is in it.
 */
export const ShareId = Type.String({
  maxLength: 256,
  description: 'of the card by which the user came; remembered for a new user, else ignored',
  examples: ['k1.zS2vD0cVbX4yqk0Yx1H5Qf0c2m9a7s8d6f4g3h2j1k0l9p8o7i6u5y4t3r2e1w0q'],
})

export const ShareResult = Type.Object({ shareId: ShareId, expiresAt: Instant() })
export type ShareResult = Static<typeof ShareResult>
