import { setImmediate } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { createBatches } from './batches.ts'

const FLAW = new Error('refused')

/** Doubles numbers; `spoilt` ones fail whatever batch they are in. Keeps the batches it has seen. */
const createDoubling = ({ spoilt = [] as number[], width = 1, leavesNothing = true } = {}) => {
  const batches: number[][] = []
  const double = createBatches<number, number>({
    async process(numbers) {
      batches.push(numbers)
      await setImmediate()
      if (numbers.some((number) => spoilt.includes(number))) throw FLAW
      return numbers.map((number) => number * 2)
    },
    leftNothing: () => leavesNothing,
    belongs: (first, number) => number >= 0 === first >= 0,
    maxSize: 3,
    width,
  })
  return { batches, all: (numbers: number[]) => Promise.allSettled(numbers.map(double)), double }
}

it('gives to each its own result, in as few batches as the size allows', async () => {
  const { batches, all } = createDoubling()

  expect(await all([1, 2, 3, 4, 5])).toMatchObject([2, 4, 6, 8, 10].map((value) => ({ value })))
  expect(batches).toEqual([
    [1, 2, 3],
    [4, 5],
  ])
})

it('gathers what arrives while a batch is under way', async () => {
  const { batches, double } = createDoubling()
  const first = double(1)
  await setImmediate()
  await setImmediate()

  expect(await Promise.all([first, double(2), double(3)])).toEqual([2, 4, 6])
  expect(batches).toEqual([[1], [2, 3]])
})

it('keeps apart what does not belong together, and the order', async () => {
  const { batches, all } = createDoubling()
  await all([1, 2, -1, 3, -2])

  expect(batches).toEqual([[1, 2], [-1], [3], [-2]])
})

it('fails nobody by the fault of another, and goes on', async () => {
  const { batches, all, double } = createDoubling({ spoilt: [2] })

  expect(await all([1, 2, 3])).toMatchObject([
    { value: 2 },
    { status: 'rejected', reason: FLAW },
    { value: 6 },
  ])
  expect(batches).toEqual([[1, 2, 3], [1], [2], [3]])
  expect(await double(4)).toBe(8)
})

it('does nothing a second time when the first may have been done', async () => {
  const { batches, all } = createDoubling({ spoilt: [2], leavesNothing: false })

  expect(await all([1, 2, 3])).toMatchObject(Array(3).fill({ status: 'rejected', reason: FLAW }))
  expect(batches).toEqual([[1, 2, 3]])
})
