import { setImmediate, setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, it, vi } from 'vitest'
import { createBatches } from './batches.ts'

afterEach(() => {
  vi.useRealTimers()
})

/** Longer than a batch gathers: the clock of the machine must not count. */
const aWhile = () => sleep(20)

const FLAW = new Error('refused')

/** Doubles numbers; `spoilt` ones fail whatever batch they are in. Keeps the batches it has seen. */
const createDoubling = ({
  spoilt = [] as number[],
  width = 1,
  leavesNothing = true,
  gatherMs = 0,
  maxSize = 3,
} = {}) => {
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
    maxSize,
    width,
    gatherMs,
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

it('gathers longer during a rush, and not before or after it', async () => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout'] })
  const { batches, all, double } = createDoubling({ gatherMs: 5, maxSize: 10 })
  await all([1, 2, 3, 4])

  const first = double(5)
  await aWhile()
  const second = double(6)
  await aWhile()
  expect(batches).toEqual([[1, 2, 3, 4]])
  await vi.advanceTimersByTimeAsync(5)
  await Promise.all([first, second])
  expect(batches).toEqual([
    [1, 2, 3, 4],
    [5, 6],
  ])

  await vi.advanceTimersByTimeAsync(100)
  await double(7)
  expect(batches.at(-1)).toEqual([7])
})

it('keeps at work as many batches as its width allows', async () => {
  const { batches, all } = createDoubling({ width: 2, gatherMs: 5 })
  expect(await all([1, 2, 3, 4, 5, 6, 7])).toMatchObject(
    [2, 4, 6, 8, 10, 12, 14].map((value) => ({ value })),
  )
  expect(batches).toEqual([[1, 2, 3], [4, 5, 6], [7]])
})
