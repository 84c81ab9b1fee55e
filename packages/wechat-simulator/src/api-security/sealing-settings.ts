import type { Static } from 'typebox'
import { Type } from 'typebox'

/** What WeChat does not publish about sealed calls, and what a test may want otherwise. */
export const SealingSettings = Type.Object(
  {
    /** The origin in what is signed. WeChat's own, also when the simulator has another address. */
    origin: Type.String({ pattern: '^https?://[^/?#]+$', maxLength: 200 }),
    /** How far a timestamp may be from WeChat's clock (40240); 0 is as far as one likes. */
    maxAgeMs: Type.Integer({ minimum: 0 }),
    /** How long a nonce is refused a second time; 0 accepts it. */
    nonceWindowMs: Type.Integer({ minimum: 0 }),
    /** Whether a call must name the developer's public key in Wechatmp-Serial (40230). */
    requireSerial: Type.Boolean(),
    /** Whether an endpoint's own errcodes come sealed, as its success does. */
    sealRefusals: Type.Boolean(),
  },
  { additionalProperties: false },
)
export type SealingSettings = Static<typeof SealingSettings>

// Five minutes is what the page's sample code allows an answer.
export const SEALING: SealingSettings = {
  origin: 'https://api.weixin.qq.com',
  maxAgeMs: 300_000,
  nonceWindowMs: 300_000,
  requireSerial: false,
  sealRefusals: true,
}
