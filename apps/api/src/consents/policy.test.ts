import { describe, expect, it } from 'vitest'
import { failureOf } from './policy.ts'

describe('a message that could not be sent', () => {
  it('was refused by its recipient when WeChat knows of no consent', () => {
    expect(failureOf({ reason: 'rejected', errcode: 43101 })).toBe('refused')
  })

  it.each([40037, 47003, 41030, 43107, null])('is our mistake with errcode %s', (errcode) => {
    expect(failureOf({ reason: 'rejected', errcode })).toBe('wrong')
  })

  it.each(['unreachable', 'tls', 'circuit_open', 'overloaded', 'misconfigured'] as const)(
    'was not taken: %s',
    (reason) => {
      expect(failureOf({ reason, errcode: null })).toBe('not_taken')
    },
  )

  it.each([
    ['timeout', null],
    ['bad_response', null],
    ['busy', -1],
  ] as const)('may have arrived: %s', (reason, errcode) => {
    expect(failureOf({ reason, errcode })).toBe('unknown')
  })
})
