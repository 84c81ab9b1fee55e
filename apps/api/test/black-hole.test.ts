import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBlackHole } from './support/black-hole.ts'
import { eventually } from './support/eventually.ts'
import type { TestApi } from './support/start-test-api.ts'
import { startTestApi } from './support/start-test-api.ts'

const UNAVAILABLE = { status: 503, errno: 702 }
/** The time limit of a connection. */
const CONNECT_MS = 1_000
/** Twice that, for a busy machine; a second attempt would not fit. */
const CONNECT_AND_SLACK_MS = 2_000

describe.skipIf(process.platform !== 'linux')('a WeChat address that drops every packet', () => {
  let hole: Awaited<ReturnType<typeof openBlackHole>>
  let api: TestApi
  beforeAll(async () => {
    hole = await openBlackHole()
    api = await startTestApi({ env: { WX_API_BASE: hole.url } })
  })
  afterAll(async () => {
    await api.close()
    await hole.close()
  })
  const login = (person: number) => api.login({ code: `code-of-person-${person}` })

  it('delays a sign-in by no more than the connect timeout', async () => {
    const timer = sleep(CONNECT_AND_SLACK_MS, 'too late' as const)
    const answering = login(0)
    await eventually(hole.waiting).toBe(1)

    const answer = await Promise.race([answering, timer])

    expect(answer).toMatchObject(UNAVAILABLE)
    expect(Number((await answering).headers.get('retry-after'))).toBeGreaterThan(0)
    expect(hole.waiting()).toBe(0)
  })

  it('is not called any more after a few attempts', async () => {
    await Promise.all(Array.from({ length: 8 }, (_, person) => login(person)))
    await eventually(async () => (await api.call('/readyz')).text).toContain('"wechat":"down"')

    const timer = sleep(CONNECT_MS, 'it was asked' as const)
    expect(await Promise.race([login(9), timer])).toMatchObject(UNAVAILABLE)
  })
})
