import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestApi } from './support/start-test-api.ts'
import { openidOf, startTestApi, TEST_APP } from './support/start-test-api.ts'

/** `{ 'name{label="…"}': 1 }` of an exposition. */
const seriesOf = (text: string) =>
  new Map(
    text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => {
        const space = line.lastIndexOf(' ')
        return [line.slice(0, space), Number(line.slice(space + 1))] as const
      }),
  )

describe('the metrics', () => {
  let api: TestApi
  const scrape = async () => {
    const response = await fetch(`http://127.0.0.1:${api.metrics.port}/metrics`)
    return { status: response.status, text: await response.text() }
  }
  const read = async (series: string) => seriesOf((await scrape()).text).get(series) ?? 0
  beforeAll(async () => {
    api = await startTestApi({ env: { METRICS_PORT: '0', WX_PUSH_TOKEN: 'pushtoken0123456' } })
  })
  afterAll(() => api.close())

  it('count requests by the pattern of their route, with how long they took', async () => {
    const { token } = await api.signIn('counted')
    await api.info(token)
    await api.info('no-token')

    const info = (status: number) =>
      `oa_http_request_seconds_count{method="GET",route="/wx/auth/info",status="${status}"}`
    expect(await read(info(200))).toBe(1)
    expect(await read(info(401))).toBe(1)
    expect(await read('oa_http_failures_total{errno="UNLOGIN"}')).toBe(1)
  })

  it('count sign-ins by their outcome, calls to WeChat by endpoint and errcode', async () => {
    await api.signIn('someone')
    await api.login({ code: 'not-a-code-of-anyone' })

    const { text } = await scrape()
    expect(text).toMatch(/^oa_login_events_total\{kind="login",outcome="ok"\} [1-9]/m)
    expect(text).toMatch(
      /^oa_login_events_total\{kind="login_refused",outcome="WX_CODE_INVALID"\} 1$/m,
    )
    expect(text).toMatch(
      /^oa_wechat_call_seconds_count\{endpoint="\/sns\/jscode2session",outcome="ok"\} [1-9]/m,
    )
    expect(text).toMatch(
      /^oa_wechat_errcodes_total\{endpoint="\/sns\/jscode2session",errcode="40029"\} 1$/m,
    )
  })

  it('tell how parts, queues, the machine and the process are', async () => {
    await api.signIn('alive')
    const series = seriesOf((await scrape()).text)

    for (const [name, value] of [
      ['oa_part_up{part="database"}', 1],
      ['oa_part_up{part="wechat"}', 1],
      ['oa_wechat_breaker_open{calls="login"}', 0],
      ['oa_wechat_misconfigured', 0],
      ['oa_revocations_pending', 0],
      ['oa_push_retry_queue', 0],
    ] as const) {
      expect([name, series.get(name)]).toEqual([name, value])
    }
    for (const name of [
      'oa_live_sessions',
      'oa_disk_free_bytes',
      'oa_disk_size_bytes',
      'oa_database_work_seconds_count{outcome="ok"}',
      'nodejs_eventloop_lag_p99_seconds',
      'process_resident_memory_bytes',
    ]) {
      expect([name, series.get(name)]).toEqual([name, expect.any(Number)])
      expect(series.get(name)).toBeGreaterThan(0)
    }
  })

  it('hold nothing about a user and no secret', async () => {
    const { token } = await api.signIn('小明', { userInfo: { nickName: '秘密的小明' } })
    await api.info(token)
    const id = (await api.sessions(token)).data.sessions[0]?.id ?? ''
    await api.endSession(token, id)
    const { text } = await scrape()

    const openid = await openidOf(api, '小明')
    for (const secret of [
      token,
      openid,
      id,
      '秘密的小明',
      TEST_APP.appid,
      TEST_APP.secret,
      '127.0.0.1',
      String(api.env.JWT_KEYS),
    ]) {
      expect(text).not.toContain(secret)
    }
  })

  it('do not grow with what strangers make up', async () => {
    await api.call('/made/up', {})
    const ownSeries = async () =>
      [...seriesOf((await scrape()).text).keys()].filter((name) => name.startsWith('oa_http_'))
        .length
    const before = await ownSeries()
    for (let path = 0; path < 50; path += 1) {
      await api.call(`/made/up/${path}`, { headers: { 'x-request-id': `made-up-${path}` } })
    }
    expect(await ownSeries()).toBe(before)
  })

  it('take the place of log lines about probes that find all well', async () => {
    await api.call('/livez')
    await api.call('/readyz')
    api.health.stop()
    expect((await api.call('/readyz')).status).toBe(503)
    const probes = api.logs.lines().filter(({ route }) => route === '/livez' || route === '/readyz')

    for (const { level, status } of probes)
      expect([status, level]).toEqual([status, status === 200 ? 'debug' : 'info'])
    expect(probes.some(({ status }) => status === 503)).toBe(true)
  })

  it('are on their own port alone, which serves nothing else', async () => {
    expect((await api.call('/metrics')).status).toBe(404)
    const url = `http://127.0.0.1:${api.metrics.port}`
    expect((await fetch(`${url}/wx/auth/info`)).status).toBe(404)
    expect((await fetch(`${url}/metrics`, { method: 'POST' })).status).toBe(405)
  })
})

describe('without METRICS_PORT', () => {
  it('nothing listens and nothing is measured', async () => {
    const api = await startTestApi()
    await api.signIn('unmeasured')

    expect([api.metrics.port, await api.metrics.text()]).toEqual([null, ''])
    await api.close()
  })
})

it('a port for metrics that is taken ends the start', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const { port } = taken.address() as AddressInfo

  await expect(startTestApi({ env: { METRICS_PORT: String(port) } })).rejects.toThrow('EADDRINUSE')
  taken.close()
})
