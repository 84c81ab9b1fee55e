import { randomFillSync } from 'node:crypto'
import { expect, it } from 'vitest'
import { createRandomPool } from './random-pool.ts'

it('hands out no byte twice and keeps none that it handed out', () => {
  let seen: Buffer | undefined
  const pool = createRandomPool((bytes) => {
    seen = bytes
    for (let index = 0; index < bytes.length; index += 1) bytes[index] = (index % 255) + 1
  })
  const taken = [pool.bytes(3), pool.bytes(3)]
  const number = pool.nextUint32()

  expect(taken.map((bytes) => [...bytes])).toEqual([
    [1, 2, 3],
    [4, 5, 6],
  ])
  expect(number).toBe(0x0a090807)
  expect([...(seen?.subarray(0, 11) ?? [])]).toEqual([...Array<number>(10).fill(0), 11])
})

it('gives every caller bytes of its own', () => {
  const pool = createRandomPool()
  const first = pool.bytes(16)
  const before = Buffer.from(first)
  for (let round = 0; round < 1_000; round += 1) pool.bytes(16)

  expect(first.equals(before)).toBe(true)
})

it('draws a block when too little is left', () => {
  let draws = 0
  const pool = createRandomPool((bytes) => {
    draws += 1
    randomFillSync(bytes)
  })
  const all = Array.from({ length: 1_000 }, () => pool.bytes(12).toString('hex'))

  expect(new Set(all).size).toBe(all.length)
  expect(draws).toBe(Math.ceil(1_000 / Math.floor(4_096 / 12)))
})

it('refuses more than it is meant for', () => {
  expect(() => createRandomPool().bytes(257)).toThrow(RangeError)
})
