import type { Static } from 'typebox'
import { Type } from 'typebox'

/** Behaviour of sealed calls that WeChat does not publish, or that a test may change. */
export const SealingSettings = Type.Object(
  {
    /** The origin in the signed text: WeChat's own, whatever the address of the simulator. */
    origin: Type.String({ pattern: '^https?://[^/?#]+$', maxLength: 200 }),
    /** How far a timestamp may be from WeChat's clock (40240); 0 is no limit. */
    maxAgeMs: Type.Integer({ minimum: 0 }),
    /** How long a repeated nonce is refused; 0 accepts it. */
    nonceWindowMs: Type.Integer({ minimum: 0 }),
    /** Whether a call must name the developer's public key in Wechatmp-Serial (40230). */
    requireSerial: Type.Boolean(),
    /** Whether an endpoint's own errcodes come sealed, as its success does. */
    sealRefusals: Type.Boolean(),
  },
  { additionalProperties: false },
)
export type SealingSettings = Static<typeof SealingSettings>

// The sample code of WeChat's page accepts answers for five minutes.
export const SEALING: SealingSettings = {
  origin: 'https://api.weixin.qq.com',
  maxAgeMs: 300_000,
  nonceWindowMs: 300_000,
  requireSerial: false,
  sealRefusals: true,
}
