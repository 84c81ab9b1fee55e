import { describe, expect, it } from 'vitest'
import { makeRoom } from './one-per-device.ts'

const on = (id: string, deviceId: string | null = null) => ({ id, deviceId })
const ids = (sessions: readonly { id: string }[]) => sessions.map(({ id }) => id)

describe('a new session', () => {
  it('replaces every earlier session of the same device, and no other', () => {
    const { replaced, surplus, kept } = makeRoom(
      [on('a', 'phone'), on('b', 'tablet'), on('c', 'phone'), on('d')],
      'phone',
      10,
    )
    expect([ids(replaced), ids(surplus), ids(kept)]).toEqual([['a', 'c'], [], ['b', 'd']])
  })

  it('replaces none when the device does not name itself', () => {
    const { replaced, kept } = makeRoom([on('a'), on('b', 'phone')], null, 10)
    expect([ids(replaced), ids(kept)]).toEqual([[], ['a', 'b']])
  })

  it('ends the oldest beyond the number that a user may have', () => {
    const { surplus, kept } = makeRoom([on('a'), on('b'), on('c')], 'phone', 3)
    expect([ids(kept), ids(surplus)]).toEqual([['a', 'b'], ['c']])
  })

  it('is the only one where one is allowed', () => {
    expect(ids(makeRoom([on('a'), on('b')], null, 1).surplus)).toEqual(['a', 'b'])
  })
})
