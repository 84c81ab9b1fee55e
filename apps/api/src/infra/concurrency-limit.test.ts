import { setImmediate } from 'node:timers/promises'
import { afterEach, expect, it, vi } from 'vitest'
import { createConcurrencyLimit } from './concurrency-limit.ts'

afterEach(() => void vi.useRealTimers())

it('runs as many at a time as it allows, in the order in which they came', async () => {
  const limit = createConcurrencyLimit(3, () => false)
  const started: number[] = []
  let running = 0
  let most = 0

  await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      limit(async () => {
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

it('goes on after a failure, which concerns one operation alone', async () => {
  const limit = createConcurrencyLimit(1, () => false)
  const outcomes = await Promise.allSettled([
    limit(() => Promise.reject(new Error('first'))),
    limit(() => Promise.resolve('second')),
  ])

  expect(outcomes).toMatchObject([{ status: 'rejected' }, { value: 'second' }])
})

it('fails the operations that wait when no other could succeed, and later lets others in', async () => {
  const closed = new Error('closed')
  const limit = createConcurrencyLimit(1, (error) => error === closed)
  const outcomes = await Promise.allSettled([
    limit(() => Promise.reject(closed)),
    limit(() => Promise.resolve('waiting')),
    limit(() => Promise.resolve('waiting')),
  ])

  expect(outcomes).toEqual(Array(3).fill({ status: 'rejected', reason: closed }))
  expect(await limit(() => Promise.resolve('later'))).toBe('later')
})

it('turns away whoever has waited for too long, and nobody else', async () => {
  const limit = createConcurrencyLimit(1, () => false, { ms: 50, error: () => new Error('late') })
  let finish = () => {}
  const long = limit(() => new Promise<void>((resolve) => (finish = resolve)))
  const late = limit(async () => 'served')
  await expect(late).rejects.toThrow('late')
  const inTime = limit(async () => 'served')
  finish()

  await expect(inTime).resolves.toBe('served')
  await long
})

it.each([
  ['was served', () => Promise.resolve()],
  ['failed with the one before', () => Promise.reject(new Error('closed'))],
])('keeps no process alive once who waited %s', async (_, first) => {
  vi.useFakeTimers()
  const limit = createConcurrencyLimit(1, () => true, { ms: 4_000, error: () => new Error('late') })
  const outcomes = Promise.allSettled([limit(first), limit(() => Promise.resolve())])
  expect(vi.getTimerCount()).toBe(1)
  await outcomes

  expect(vi.getTimerCount()).toBe(0)
})
