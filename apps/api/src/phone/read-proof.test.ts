import { expect, it } from 'vitest'
import { readProof } from './read-proof.ts'

const DATA = { encryptedData: 'AAAA', iv: 'BBBB' }

it.each([{ code: 'c' }, DATA])('takes %j as it is', (fields) => {
  expect(readProof(fields)).toEqual(fields)
})

it.each([
  {},
  { iv: 'BBBB' },
  { encryptedData: 'AAAA' },
  { code: 'c', ...DATA },
  { code: 'c', iv: 'BBBB' },
])('refuses %j, and names the field that is missing', (fields) => {
  expect(() => readProof(fields, 'phoneCode')).toThrow('需要 phoneCode，或 encryptedData 和 iv')
})
