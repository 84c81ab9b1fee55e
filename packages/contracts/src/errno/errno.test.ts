import { expect, it } from 'vitest'
import { ERRNO, HTTP_STATUS } from './errno.ts'

it('gives every errno a number of its own and an HTTP status', () => {
  const numbers = Object.values(ERRNO)

  expect(new Set(numbers).size).toBe(numbers.length)
  expect(Object.keys(HTTP_STATUS).map(Number).sort()).toEqual([...numbers].map(Number).sort())
})

it('answers 2xx for success alone', () => {
  for (const errno of Object.values(ERRNO)) {
    expect(HTTP_STATUS[errno] < 300).toBe(errno === ERRNO.OK)
  }
})
