import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import type { Lateness } from './loop-delay.ts'
import { watchDelay } from './loop-delay.ts'

const start = () => {
  const told: Lateness[] = []
  const watch = watchDelay((lateness) => told.push(lateness))
  onTestFinished(() => watch.stop())
  return { watch, worst: () => Math.max(0, ...told.map(({ lateMs }) => lateMs)) }
}
const block = (ms: number, meanwhile = () => {}) => {
  const end = performance.now() + ms
  while (performance.now() < end) meanwhile()
}

it('hears of a loop that is late again and again', async () => {
  const { worst } = start()
  for (let turn = 0; turn < 3; turn += 1) {
    block(250)
    await sleep(1)
  }
  await sleep(150)
  expect(worst()).toBeGreaterThan(100)
})

it('hears of one that works on requests without a break, before any timer runs', () => {
  const { watch, worst } = start()
  block(400, watch.handled)

  expect(worst()).toBeGreaterThan(200)
})

it('takes a single pause for none, also when requests come before and after it', async () => {
  const { watch, worst } = start()
  block(20, watch.handled)
  block(300)
  block(20, watch.handled)
  await sleep(150)

  expect(worst()).toBeLessThan(100)
})
