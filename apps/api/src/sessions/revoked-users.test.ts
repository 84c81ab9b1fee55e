import { describe, expect, it } from 'vitest'
import { createRevokedUsers } from './revoked-users.ts'

const setUp = () => {
  const overflows: number[] = []
  return { overflows, users: createRevokedUsers({ onOverflow: () => overflows.push(1) }) }
}

describe('a user whose sessions ended', () => {
  it('is remembered under each name, with the latest news, for a minute and a half', () => {
    const { users } = setUp()
    users.add(['public-id'], false, 0)
    users.add(['openid'], true, 10)
    expect(users.latest(['public-id', 'openid'], 20)).toEqual({ at: 10, settled: true })
    expect(users.latest(['public-id'], 90_000)).toEqual({ at: 0, settled: false })
    expect(users.latest(['public-id'], 90_001)).toBeUndefined()
    expect(users.latest(['other'], 20)).toBeUndefined()
  })

  it('is never forgotten silently when there are too many', () => {
    const { users, overflows } = setUp()
    const keys = Array.from({ length: 50_000 }, (_, index) => `user-${index}`)
    users.add(keys, true, 0)
    expect(overflows).toHaveLength(0)
    users.add(['one-more'], true, 1)
    expect(overflows).toHaveLength(1)
    expect(users.latest(['user-0'], 1)).toBeUndefined()
    expect(users.latest(['user-1'], 1)).toBeDefined()
  })
})
