import { expect, it } from 'vitest'
import { maskPhone, writePhone } from './number.ts'

it.each([
  ['86', '15612345677', '156******77'],
  ['1', '2025550123', '+1 202*****23'],
  ['852', '61234567', '+852 61****67'],
  ['86', '12345', '12*45'],
  ['86', '1234', '****'],
  ['86', '1', '*'],
])('shows +%s %s as %s', (countryCode, number, shown) => {
  expect(maskPhone(writePhone({ countryCode, number }))).toBe(shown)
})

it('keeps numbers apart that look the same when country and number are run together', () => {
  const one = writePhone({ countryCode: '1', number: '2345678901' })
  const other = writePhone({ countryCode: '12', number: '345678901' })

  expect(one).not.toBe(other)
})
