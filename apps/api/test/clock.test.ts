import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { TestApi } from './support/start-test-api.ts'
import { startTestApi } from './support/start-test-api.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const UNLOGIN = { status: 401, errno: 501 }

describe('a server whose clock jumps', () => {
  let api: TestApi
  beforeAll(async () => {
    api = await startTestApi()
  })
  afterEach(() => {
    vi.useRealTimers()
  })
  afterAll(() => api.close())

  const jump = (ms: number) => {
    const now = Date.now() + ms
    vi.useFakeTimers({ toFake: ['Date'], now })
  }

  it('an hour ahead keeps users signed in', async () => {
    const { token } = await api.signIn('ahead')
    jump(HOUR_MS)

    expect(await api.info(token)).toMatchObject({ status: 200, errno: 0 })
  })

  it('an hour back refuses tokens from the future, and still signs users in', async () => {
    const { token } = await api.signIn('back')
    jump(-HOUR_MS)

    expect(await api.info(token)).toMatchObject(UNLOGIN)
    const again = await api.signIn('back')
    expect(await api.info(again.token)).toMatchObject({ status: 200, errno: 0 })
  })

  it('issues no token that outlives its session in the database', async () => {
    jump(HOUR_MS)
    const { token } = await api.signIn('fast-clock')
    vi.useRealTimers()
    jump(31 * DAY_MS)

    expect(await api.info(token)).toMatchObject(UNLOGIN)
  })
})
