import type { Static } from 'typebox'
import { Type } from 'typebox'

/** What can be wrong with the seal of an answer, so that a client must not believe it. */
export const BadSeal = Type.Union([
  /** In the clear. */
  Type.Literal('unsigned'),
  /** Changed after it was signed. */
  Type.Literal('tampered'),
  /** Signed by a certificate that nobody has. */
  Type.Literal('unknownSerial'),
  /** Signed an hour ago. */
  Type.Literal('stale'),
  /** Signed for another app. */
  Type.Literal('otherApp'),
  /** Signed well, but encrypted with another key. */
  Type.Literal('otherKey'),
])
export type BadSeal = Static<typeof BadSeal>
