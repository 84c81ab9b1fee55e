import { describe, expect, it } from 'vitest'
import { UserStatus } from '../users/user.ts'
import { DISABLE_REASONS } from './disable-reasons.ts'
import { freezing, unfreezing } from './status-change.ts'

describe('freezing', () => {
  it('tells the user the words of the code, and ends every session', () => {
    expect(freezing({ code: 'departed', note: 'ticket 42' })).toEqual({
      fields: {
        status: UserStatus.frozen,
        statusReason: DISABLE_REASONS.departed,
        statusCode: 'departed',
        statusNote: 'ticket 42',
      },
      endReason: 'frozen',
    })
  })

  it("prefers the operator's words, and never tells the note", () => {
    const { fields } = freezing({ text: '请联系行政部', note: 'secret' })
    expect(fields).toMatchObject({ statusReason: '请联系行政部', statusCode: 'other' })
    expect(fields.statusReason).not.toContain('secret')
  })
})

describe('unfreezing', () => {
  it('leaves no reason behind and ends no session', () => {
    expect(unfreezing()).toEqual({
      fields: { status: UserStatus.active, statusReason: null, statusCode: null, statusNote: null },
      endReason: null,
    })
  })
})
