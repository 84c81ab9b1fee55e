import type { MariaDb, Redis } from '@oa/test-servers'
import { startMariaDb, startRedis } from '@oa/test-servers'
import { describeWithServers } from '@oa/test-servers/vitest'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { queryRows } from './database/query.ts'
import { eventually } from './support/eventually.ts'
import { PUSH_TOKEN, pushTo } from './support/push.ts'
import type { TestApi } from './support/start-test-api.ts'
import { openidOf, startTestApi, TEST_APP } from './support/start-test-api.ts'

describeWithServers(['mariadb', 'redis'], 'a push while the database and Redis stall', () => {
  let mariadb: MariaDb
  let redis: Redis
  let api: TestApi
  let database: string
  beforeAll(async () => {
    ;[mariadb, redis] = await Promise.all([startMariaDb(), startRedis()])
    database = await mariadb.createDatabase()
    const env = { DATABASE_URL: database, REDIS_URL: redis.url, WX_PUSH_TOKEN: PUSH_TOKEN }
    api = await startTestApi({ env })
    await pushTo(api)
  })
  afterAll(async () => {
    await api.close()
    await Promise.all([mariadb.stop(), redis.stop()])
  })

  const close = (person: string) =>
    api.simulator.control.userEvent({
      appid: TEST_APP.appid,
      person,
      event: 'user_authorization_cancellation',
    })
  const statusOf = async (openid: string) => {
    const [row] = await queryRows(
      { url: database },
      `SELECT status FROM wx_user WHERE weixin_openid = '${openid}'`,
    )
    return Number(row?.status)
  }
  const stores = (signal: 'SIGSTOP' | 'SIGCONT') =>
    Promise.all([mariadb.kill(signal), redis.kill(signal)])

  it('is answered before WeChat times out at every attempt, and handled once the database is back', async () => {
    const { token } = await api.signIn('leaver')
    const openid = await openidOf(api, 'leaver')
    await stores('SIGSTOP')

    // Like WeChat, the simulator waits 5 s for an answer and stops after three attempts.
    const [delivery] = await close('leaver')

    expect(delivery?.acknowledged).toBe(false)
    expect(delivery?.attempts.map(({ status }) => status)).toEqual([503, 503, 503])
    await stores('SIGCONT')
    await eventually(() => statusOf(openid)).toBe(2)
    await eventually(async () => (await api.info(token)).errno).toBe(704)
    await eventually(() => api.logs.text()).toContain('what WeChat pushed was done late')
  })

  it('is handled on redelivery when the database is back by then', async () => {
    await api.signIn('patient')
    const openid = await openidOf(api, 'patient')
    await api.simulator.control.changeSettings({ pushRetryDelayMs: 300 })
    await stores('SIGSTOP')
    const closing = close('patient')
    await eventually(async () => (await api.simulator.control.pushes()).at(-1)?.attempts).toEqual([
      expect.objectContaining({ status: 503 }),
    ])
    await stores('SIGCONT')

    expect((await closing)[0]).toMatchObject({ acknowledged: true })
    expect(await statusOf(openid)).toBe(2)
  })
})
