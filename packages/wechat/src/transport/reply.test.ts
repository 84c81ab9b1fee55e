import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WeChatError } from '../errors.ts'
import { parseReply } from './reply.ts'

const outcomeOf = (body: Buffer) => {
  try {
    return parseReply('/test', body)
  } catch (error) {
    return error
  }
}

describe('any bytes', () => {
  it('become an object or a WeChatError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const outcome = outcomeOf(Buffer.from(bytes))
        return outcome instanceof WeChatError || typeof outcome === 'object'
      }),
    )
  })

  it('that are JSON become an object or a WeChatError without any of their text', () => {
    const reply = fc.record({ errcode: fc.anything(), errmsg: fc.constant('PRIVATE 1.2.3.4') })
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), reply), (value) => {
        const outcome = outcomeOf(Buffer.from(JSON.stringify(value)))
        if (outcome instanceof WeChatError) expect(outcome.message).not.toContain('PRIVATE')
        else expect(outcome).toBeTypeOf('object')
      }),
    )
  })

  it.each([
    ['code been used, rid: 61a725a1-3ad9e512-0c1a2e44', '61a725a1-3ad9e512-0c1a2e44'],
    ['invalid code rid: 61a725a1-3ad9e512-0c1a2e44', '61a725a1-3ad9e512-0c1a2e44'],
    ['invalid code, hints: [ req_id: x ]', null],
    ['rid: 61a725a1-3ad9e512', null],
    [undefined, null],
  ])('errmsg %s has the rid %s', (errmsg, rid) => {
    const error = outcomeOf(Buffer.from(JSON.stringify({ errcode: 40029, errmsg })))
    expect(error).toMatchObject({ errcode: 40029, rid })
  })
})
