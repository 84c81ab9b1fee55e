import { expect, it } from 'vitest'
import { pictureType } from './picture-type.ts'

it.each([
  ['jpeg', 'ffd8ffe000104a46'],
  ['png', '89504e470d0a1a0a0000'],
  ['webp', '524946462400000057454250'],
  [null, '474946383961'],
  [null, '3c73766720786d6c6e73'],
  [null, '25504446'],
  [null, '52494646240000005741564520'],
  [null, '0089504e470d0a1a0a'],
  [null, ''],
])('takes a file for %s by its first bytes: %s', (type, hex) => {
  expect(pictureType(Buffer.from(hex, 'hex'))).toBe(type)
})
