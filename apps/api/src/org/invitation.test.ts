import { randomBytes, randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { createKeyRing } from '../config/key-ring.ts'
import { whyOver } from './invitation.ts'
import { createInvitationTokens, joinScene } from './invitation-token.ts'

const NOW = Date.parse('2026-11-30T08:00:00Z')
const OPEN = { revokedAt: null, expiresAt: new Date(NOW + 1), uses: 1, maxUses: 2 }

it.each([
  [{}, null],
  [{ revokedAt: new Date(NOW) }, 'revoked'],
  [{ expiresAt: new Date(NOW) }, 'expired'],
  [{ uses: 2 }, 'used'],
] as const)('an invitation with %j is over by %s', (changes, why) => {
  expect(whyOver({ ...OPEN, ...changes }, NOW)).toBe(why)
})

it('gives the same request the same token, and any other one another', () => {
  const ring = () => createKeyRing([{ kid: 'a', key: randomBytes(32) }])
  const keys = ring()
  const [one, again] = [createInvitationTokens(keys), createInvitationTokens(keys)]
  const id = randomUUID()

  expect(one.draw('member-1', id)).toBe(again.draw('member-1', id))
  const others = [
    one.draw('member-2', id),
    one.draw('member-1', randomUUID()),
    createInvitationTokens(ring()).draw('member-1', id),
  ]
  expect(new Set([...others, one.draw('member-1', id)]).size).toBe(4)
})

it('fits into the scene of a mini-program code', () => {
  const tokens = createInvitationTokens(createKeyRing([{ kid: 'a', key: randomBytes(32) }]))
  expect(joinScene(tokens.draw('member-1', randomUUID()))).toMatch(/^i=[A-Za-z0-9_-]{22}$/)
})
