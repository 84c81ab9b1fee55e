import { setImmediate } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { createLane } from './concurrency-limit.ts'

it('runs as many at a time as it is wide, in the order of their coming', async () => {
  const lane = createLane(3, () => false)
  const started: number[] = []
  let running = 0
  let most = 0

  await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      lane(async () => {
        started.push(index)
        running += 1
        most = Math.max(most, running)
        await setImmediate()
        running -= 1
      }),
    ),
  )

  expect(most).toBe(3)
  expect(started).toEqual(Array.from({ length: 20 }, (_, index) => index))
})

it('goes on after a failure, which is the failure of one alone', async () => {
  const lane = createLane(1, () => false)
  const outcomes = await Promise.allSettled([
    lane(() => Promise.reject(new Error('first'))),
    lane(() => Promise.resolve('second')),
  ])

  expect(outcomes).toMatchObject([{ status: 'rejected' }, { value: 'second' }])
})

it('turns away those who wait when nobody can get through, and later lets others in', async () => {
  const closed = new Error('closed')
  const lane = createLane(1, (error) => error === closed)
  const outcomes = await Promise.allSettled([
    lane(() => Promise.reject(closed)),
    lane(() => Promise.resolve('waiting')),
    lane(() => Promise.resolve('waiting')),
  ])

  expect(outcomes).toEqual(Array(3).fill({ status: 'rejected', reason: closed }))
  expect(await lane(() => Promise.resolve('later'))).toBe('later')
})
