import { expect, it } from 'vitest'
import { Env } from '../config/env.ts'
import { createEventSweep, MIN_EVENT_DAYS, pruneEvents } from './retention.ts'

const endless = () => {
  const asked: number[] = []
  return {
    asked,
    async removeBefore(_before: Date, limit: number) {
      asked.push(limit)
      return asked.length < 100 ? limit : 0
    },
  }
}

it('keeps events for as long as the law requires, whatever the configuration says', async () => {
  expect(Env.properties.EVENT_KEEP_DAYS).toMatchObject({ minimum: MIN_EVENT_DAYS })
  await expect(pruneEvents(endless(), MIN_EVENT_DAYS - 1)).rejects.toThrow(RangeError)
})

it('removes a bounded number at a time, and the rest the next time', async () => {
  const store = endless()
  const sweep = createEventSweep(store, 365)

  const removed = await sweep()
  expect(removed).toBe(store.asked.reduce((sum, limit) => sum + limit, 0))
  expect(removed).toBeLessThanOrEqual(10_000)
  expect(await sweep()).toBe(removed)
})
