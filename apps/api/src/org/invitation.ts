/** Why an invitation lets nobody in any more. */
export type WhyOver = 'revoked' | 'expired' | 'used'

type Limits = { revokedAt: Date | null; expiresAt: Date; uses: number; maxUses: number }

export const whyOver = (
  { revokedAt, expiresAt, uses, maxUses }: Limits,
  nowMs: number,
): WhyOver | null => {
  if (revokedAt !== null) return 'revoked'
  if (expiresAt.getTime() <= nowMs) return 'expired'
  return uses >= maxUses ? 'used' : null
}
