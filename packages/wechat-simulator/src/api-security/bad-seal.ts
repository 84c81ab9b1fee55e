import type { Static } from 'typebox'
import { Type } from 'typebox'

/** What can be wrong with the seal of an answer; a client must refuse each. */
export const BadSeal = Type.Union([
  /** Neither signed nor encrypted. */
  Type.Literal('unsigned'),
  /** Changed after it was signed. */
  Type.Literal('tampered'),
  /** Signed under an unknown serial. */
  Type.Literal('unknownSerial'),
  /** Signed an hour ago. */
  Type.Literal('stale'),
  /** Signed for another app. */
  Type.Literal('otherApp'),
  /** Signed correctly, but encrypted with another key. */
  Type.Literal('otherKey'),
])
export type BadSeal = Static<typeof BadSeal>
