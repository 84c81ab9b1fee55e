import { randomBytes, randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { createKeyRing } from '../config/key-ring.ts'
import { createShareIds } from './share-id.ts'

const APP = 'wx0a0a0a0a0a0a0a0a'
const key = (kid: string) => ({ kid, key: randomBytes(32) })
const OLD = key('old')
const NEW = key('new')
const ringOf = (...keys: (typeof OLD)[]) => createKeyRing(keys)
const SHARE = { publicId: randomUUID(), expiresAt: new Date('2026-12-31T00:00:00.000Z') }

it('reads back who shared, and until when it counts', () => {
  const ids = createShareIds({ keys: ringOf(OLD) })

  expect(ids.read(ids.issue(SHARE, APP), APP)).toEqual(SHARE)
})

it('shows nobody who shared: no id, and nothing that two ids of one user have in common', () => {
  const ids = createShareIds({ keys: ringOf(OLD) })
  const [one, other] = [ids.issue(SHARE, APP), ids.issue(SHARE, APP)]
  const hex = SHARE.publicId.replaceAll('-', '')

  expect(Buffer.from(one.split('.')[1] ?? '', 'base64url').toString('hex')).not.toContain(hex)
  expect(one.split('.')[1]?.slice(0, 16)).not.toBe(other.split('.')[1]?.slice(0, 16))
  expect(one).toMatch(/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/)
})

it('goes on reading ids of an older key while it is in the ring, and no longer', () => {
  const shareId = createShareIds({ keys: ringOf(OLD) }).issue(SHARE, APP)

  expect(createShareIds({ keys: ringOf(NEW, OLD) }).read(shareId, APP)).toEqual(SHARE)
  expect(createShareIds({ keys: ringOf(NEW) }).read(shareId, APP)).toBeNull()
})

it('reads no id of another app that has the same keys', () => {
  const ids = createShareIds({ keys: ringOf(OLD) })

  expect(ids.read(ids.issue(SHARE, 'wx1111111111111111'), APP)).toBeNull()
})

it('reads no id in which a single character was changed', () => {
  const ids = createShareIds({ keys: ringOf(OLD) })
  const shareId = ids.issue(SHARE, APP)
  const start = shareId.indexOf('.') + 1
  for (let at = start; at < shareId.length; at += 1) {
    const changed = shareId[at] === 'A' ? 'B' : 'A'
    expect(
      ids.read(shareId.slice(0, at) + changed + shareId.slice(at + 1), APP),
      String(at),
    ).toBeNull()
  }
})

it.each(['', '.', 'old.', 'old.AAAA', 'nobody.AAAA', '../x', `old.${'A'.repeat(64)}`, '😀'])(
  'reads nothing from %j',
  (text) => {
    expect(createShareIds({ keys: ringOf(OLD) }).read(text, APP)).toBeNull()
  },
)
