import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { gently } from './gently.ts'
import type { ClaimedWork } from './row.ts'

const work = (id: number): ClaimedWork => ({
  id,
  topic: 'announcement',
  payload: '{}',
  meetingId: null,
  memberId: null,
  attempts: 1,
  deadlineAt: new Date(0),
  claimedBy: 'node',
})

it('does one piece after the other, and leaves most of the time to others', async () => {
  let under = 0
  let busyMs = 0
  const handler = gently(async () => {
    under += 1
    expect(under).toBe(1)
    const begun = performance.now()
    await sleep(10)
    busyMs += performance.now() - begun
    under -= 1
    return 'ok'
  })
  const begun = performance.now()

  await Promise.all([1, 2, 3, 4, 5].map((id) => handler(work(id))))

  expect(busyMs).toBeLessThan((performance.now() - begun) / 2)
})

it('goes on after work that failed', async () => {
  const handler = gently(async ({ id }) => {
    if (id === 1) throw new Error('broken')
    return 'ok'
  })

  await expect(handler(work(1))).rejects.toThrow('broken')
  await expect(handler(work(2))).resolves.toBe('ok')
})
