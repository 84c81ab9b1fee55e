import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Server } from 'node:tls'
import { createServer } from 'node:tls'
import { fileURLToPath } from 'node:url'
import type { MariaDb, Redis } from '@oa/test-servers'
import { startMariaDb, startRedis } from '@oa/test-servers'
import { describeWithServers } from '@oa/test-servers/vitest'
import { generate } from 'selfsigned'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { untilItHolds } from './support/eventually.ts'
import { expectAlerts, readExposition } from './support/promtool.ts'
import type { TestApi } from './support/start-test-api.ts'
import { startTestApi } from './support/start-test-api.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const RULES = `${ROOT}deploy/prometheus/alerts.yml`
const DAY_MS = 86_400_000

const ALERTS = [...readFileSync(RULES, 'utf8').matchAll(/- alert: (\w+)/g)].map(
  ([, name = '']) => name,
)

it.each(ALERTS)('%s has a page that says what to do', (name) => {
  const path = `docs/operations/alerts/${name}.md`
  expect(readFileSync(RULES, 'utf8')).toContain(`runbook: ${path}`)
  expect(existsSync(ROOT + path)).toBe(true)
})

describeWithServers(['mariadb', 'redis', 'promtool'], 'the alerts', () => {
  let mariadb: MariaDb
  let redis: Redis
  let proxy: Server
  let api: TestApi
  let healthy: ReturnType<typeof readExposition>
  const fired = new Set<string>()

  const scrape = async () => {
    const response = await fetch(`http://127.0.0.1:${api.metrics.port}/metrics`)
    return readExposition(await response.text())
  }
  const up = (value: number) => new Map([['up{job="oa",instance="node"}', value]])
  /** What fires when the node goes from healthy to `after`; the others stay silent. */
  const fires = async (
    alerts: readonly string[],
    after: ReturnType<typeof readExposition>,
    before = healthy,
  ) => {
    const firing = Object.fromEntries(alerts.map((name) => [name, true]))
    await expectAlerts(RULES, { before, after, firing })
    for (const name of alerts) fired.add(name)
  }
  const serveCertificate = async (days: number) => {
    const { private: key, cert } = await generate([{ name: 'commonName', value: 'oa.test' }], {
      keyType: 'ec',
      algorithm: 'sha256',
      notBeforeDate: new Date(Date.now() - DAY_MS),
      notAfterDate: new Date(Date.now() + days * DAY_MS),
    })
    proxy.setSecureContext({ key, cert })
  }

  beforeAll(async () => {
    ;[mariadb, redis] = await Promise.all([startMariaDb(), startRedis()])
    proxy = createServer().listen(0, '127.0.0.1')
    await once(proxy, 'listening')
    await serveCertificate(300)
    api = await startTestApi({
      env: {
        METRICS_PORT: '0',
        OVERLOAD_REQUESTS: '20',
        DATABASE_URL: await mariadb.createDatabase(),
        REDIS_URL: redis.url,
        PUBLIC_URL: `https://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
        WX_PUSH_TOKEN: 'pushtoken0123456',
      },
      expectErrors: [/WeChat refuses/],
    })
    await api.signIn('healthy')
    healthy = new Map([...(await scrape()), ...up(1)])
  })
  afterAll(async () => {
    await api.close()
    proxy.close()
    await Promise.all([mariadb.stop(), redis.stop()])
  })

  it('stay silent while all is well', async () => {
    for (let visit = 0; visit < 20; visit += 1) await api.call('/livez')
    const firing = Object.fromEntries(ALERTS.map((name) => [name, false]))
    await expectAlerts(RULES, {
      before: healthy,
      after: new Map([...(await scrape()), ...up(1)]),
      firing,
    })
  })

  it('fire when WeChat refuses our secret, and when it does not answer', async () => {
    const { control } = api.simulator
    const fault = { path: '/sns/jscode2session', times: 0 }
    await control.addFault({ ...fault, errcode: 40125 })
    await api.login({ code: await api.codeOf('refused') })
    await fires(['OaWeChatRefusesUs'], await scrape())

    await control.clearFaults()
    await control.addFault({ ...fault, reset: true })
    for (let call = 0; call < 10; call += 1) await api.login({ code: await api.codeOf('cut-off') })
    await fires(['OaWeChatBreakerOpen'], await scrape())
    await control.clearFaults()
  })

  it('fire when the clock is wrong', async () => {
    const real = Date.now
    vi.spyOn(Date, 'now').mockImplementation(() => real() + 300_000)
    const skewed = await scrape()
    vi.restoreAllMocks()

    await fires(['OaClockSkew'], skewed)
  })

  it('fire when the event loop is blocked', async () => {
    // Begins a new measurement: among all turns since the last test one late turn may be too rare. It
    // takes a turn or two until Node measures again.
    await scrape()
    await sleep(100)
    const end = performance.now() + 1_500
    while (performance.now() < end);
    await fires(['OaEventLoopLate'], await scrape())
  })

  it('fire when Redis is away, and endings cannot be announced', async () => {
    // The breaker has to close again.
    const { token } = await untilItHolds(() => api.signIn('leaving'))
    await redis.kill('SIGSTOP')
    await untilItHolds(async () =>
      expect((await api.call('/readyz')).text).toContain('"redis":"down"'),
    )
    await api.logout(token)

    await fires(['OaRedisAway', 'OaRevocationLate'], await scrape())
    await redis.kill('SIGCONT')
  })

  it('fire when the database is slow, away, and requests and recurring work fail', async () => {
    const people = Array.from({ length: 12 }, (_, person) => `person-${person}`)
    const codes = await Promise.all(people.map((person) => api.codeOf(person)))
    const before = await scrape()
    await mariadb.kill('SIGSTOP')
    const slow = Promise.all(codes.map((code) => api.login({ code })))
    await fires(['OaDatabaseDown'], await scrape())
    await slow
    for (let work = 0; work < 3; work += 1) {
      api.metrics.meter.recurring({ task: 'checking content', ok: false, seconds: 1 })
    }
    const after = await scrape()
    await mariadb.kill('SIGCONT')

    // Sign-ins may be half of the twenty requests that this API has under way.
    const alerts = ['OaDatabaseSlow', 'OaServerErrors', 'OaRecurringWorkFails', 'OaOverloaded']
    await fires(alerts, after, before)
  })

  it('fire before the certificate of PUBLIC_URL ends', async () => {
    await serveCertificate(5)
    const other = await startTestApi({ env: { ...api.env, METRICS_PORT: '0' } })
    const text = await other.metrics.text()
    await other.close()

    await fires(['OaCertificateEnds'], readExposition(text))
  })

  it('fire when a node is gone, the disk is almost full, or pushes wait', async () => {
    // Too much for a test: another machine, a full disk, and an outage of the database for minutes.
    const free = [...healthy.keys()].find((name) => name.startsWith('oa_disk_free_bytes')) ?? ''
    const queue = [...healthy.keys()].find((name) => name.startsWith('oa_push_retry_queue')) ?? ''
    const outbox = [...healthy.keys()].find((name) => name.startsWith('oa_outbox_due')) ?? ''
    expect([healthy.get(free), healthy.get(queue), healthy.get(outbox)]).toEqual([
      expect.any(Number),
      0,
      0,
    ])
    const after = new Map([...healthy, ...up(0), [free, 1], [queue, 3], [outbox, 200]])

    await fires(['OaNodeDown', 'OaDiskLow', 'OaPushesWait', 'OaOutboxWaits'], after)
  })

  it('have each been seen to fire', () => {
    expect([...fired].sort()).toEqual([...ALERTS].sort())
  })
})
