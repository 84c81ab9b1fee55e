import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '@oa/test-servers/free-port'
import { quickTmpdir } from '@oa/test-servers/quick-tmpdir'
import type { Simulator } from '@oa/wechat-simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from './support/eventually.ts'
import { flood } from './support/flood.ts'
import type { ApiProcess } from './support/start-api-process.ts'
import { onSignal, startApiProcess } from './support/start-api-process.ts'
import { codeFrom, startTestSimulator, testEnv } from './support/start-test-api.ts'

const REFUSED = { status: 503, errno: 739 }
const SERVED = { status: 200, errno: 0 }
const ROOM = 60
/** Refused as it has no code, which costs nobody much. */
const SIGN_IN =
  'POST /wx/auth/login_by_weixin HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}'

const shareRefused = (answers: ReadonlyMap<number, number>) => {
  const all = [...answers.values()].reduce((sum, count) => sum + count, 0)
  return (answers.get(503) ?? 0) / all
}
/** Stops the whole process for a second, without work for the processor. */
const PAUSE = 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000)'

describe('a process with more to do than it can', () => {
  let simulator: Simulator
  let folder: string
  const running: ApiProcess[] = []
  beforeAll(async () => {
    simulator = await startTestSimulator()
    folder = await mkdtemp(join(quickTmpdir(), 'oa-overload-'))
  })
  afterAll(async () => {
    for (const api of running) api.kill('SIGKILL')
    await Promise.all(running.map(({ finished }) => finished))
    await simulator.close()
    await rm(folder, { recursive: true, force: true })
  })

  const start = async (env: NodeJS.ProcessEnv) => {
    const metricsPort = await freePort()
    const own = { LOG_LEVEL: 'info', METRICS_PORT: String(metricsPort), ...env }
    const dataDir = join(folder, String(running.length))
    const api = await startApiProcess({ ...testEnv(simulator, dataDir), ...own })
    running.push(api)
    const signIn = async () => api.login({ code: await codeFrom(simulator, 'user') })
    const metrics = async () => (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text()
    const refusals = async (what: string) => {
      const line = new RegExp(`^oa_overload_refusals_total\\{what="${what}"\\} (\\d+)$`, 'm')
      return Number(line.exec(await metrics())?.[1] ?? 0)
    }
    return { api, signIn, refusals, token: (await signIn()).data.token }
  }

  it('keeps its room for users who are signed in, when sign-ins take long', async () => {
    const { api, refusals, token } = await start({ OVERLOAD_REQUESTS: String(ROOM) })
    await simulator.control.addFault({ path: '/sns/jscode2session', times: 0, latencyMs: 1_000 })
    const codes = await Promise.all(
      Array.from({ length: ROOM }, () => codeFrom(simulator, 'another')),
    )
    const answers = codes.map((code) => api.login({ code }))
    const refused = await Promise.race(answers)

    expect(refused).toMatchObject(REFUSED)
    expect(refused.errmsg).toContain('登录的人太多')
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(3)
    expect(await api.info(token)).toMatchObject(SERVED)
    await simulator.control.clearFaults()
    const errnos = (await Promise.all(answers)).map(({ errno }) => errno)
    expect(errnos.filter((errno) => errno === 0).length).toBe(ROOM / 2)
    expect(await refusals('sign_in')).toBe(ROOM / 2)
  })

  describe('because it is late', () => {
    let busy: Awaited<ReturnType<typeof start>>
    beforeAll(async () => {
      const limits = { LOGIN_LIMIT_PER_IP: '1000000', LOGIN_LIMIT_TOTAL: '1000000' }
      busy = await start({ ...onSignal(PAUSE), ...limits, OVERLOAD_DELAY_MS: '10' })
    })

    it('serves everything that waited while it paused once', async () => {
      const { api, token } = busy
      // Its start was work.
      await sleep(300)
      api.kill('SIGWINCH')
      const answers = await Promise.all(Array.from({ length: 30 }, () => api.info(token)))

      for (const answer of answers) expect(answer).toMatchObject(SERVED)
    })

    it('turns sign-ins away before users who are signed in, and stays reachable for probes', async () => {
      const { api, token, signIn, refusals } = busy
      const read = `GET /wx/user/index HTTP/1.1\r\nHost: x\r\nX-OA-Token: ${token}\r\n\r\n`
      const reads = await flood(api.url, { request: read, connections: 150, pauseMs: 300 })
      const signIns = await flood(api.url, { request: SIGN_IN, connections: 50, pauseMs: 300 })
      await eventually(async () => signIns.answers.get(503) ?? 0).toBeGreaterThan(0)
      for (let look = 0; look < 8; look += 1) {
        expect((await api.call('/livez')).status).toBe(200)
        expect((await api.call('/readyz')).status).toBe(200)
        await sleep(50)
      }
      expect(await refusals('sign_in')).toBeGreaterThan(0)
      reads.stop()
      signIns.stop()

      expect(reads.answers.get(200)).toBeGreaterThan(0)
      expect(shareRefused(signIns.answers)).toBeGreaterThan(shareRefused(reads.answers))
      await eventually(signIn).toMatchObject(SERVED)
    })

    it('has two lines in the log for all that it turned away', async () => {
      busy.api.kill('SIGTERM')
      const { stdout } = await busy.api.finished

      expect(stdout).toMatch(/WARN too much to do: turning requests away/)
      expect(stdout).not.toContain('739')
      expect(stdout.match(/too much to do/g)?.length).toBeLessThan(6)
    })
  })
})
