import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FaultInput, Simulator } from '@oa/wechat-simulator'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { eventually } from './support/eventually.ts'
import type { ApiProcess } from './support/start-api-process.ts'
import { startApiProcess } from './support/start-api-process.ts'
import type { TestApi } from './support/start-test-api.ts'
import { codeFrom, startTestApi, startTestSimulator, testEnv } from './support/start-test-api.ts'

const PATH = '/sns/jscode2session'
const UNAVAILABLE = { status: 503, errno: 702 }
/** The time limit of one call to WeChat, and the promised limit of the answer. */
const BUDGET_MS = 3_000
const PROMISE_MS = 3_200
/** The timeout of the mini-program's requests: every sign-in is answered before it. */
const CLIENT_TIMEOUT_MS = 6_000
const STALLED = 20
const EVERY_MS = 100
const PAUSE_MS = 15
/** Both APIs run at the same time on one machine; the expected ratio is about 1. */
const MAX_RATIO = 3
/** Far below what waiting for WeChat would add to an answer, and far above what a busy machine adds. */
const MAX_MORE_MS = BUDGET_MS / 2
const AT_ONCE_MS = BUDGET_MS / 2

const timed = async <T>(work: () => Promise<T>) => {
  const startedAt = performance.now()
  const result = await work()
  return { result, ms: performance.now() - startedAt }
}
const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0

describe('while WeChat stalls', () => {
  let folder: string
  let simulators: Simulator[]
  /** The WeChat of the first stalls; that of the second works. */
  let nodes: ApiProcess[]
  let tokens: string[]
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'oa-outage-'))
    simulators = await Promise.all([startTestSimulator(), startTestSimulator()])
    nodes = await Promise.all(
      simulators.map((simulator, index) =>
        startApiProcess({ ...testEnv(simulator, join(folder, String(index))), LOG_LEVEL: 'info' }),
      ),
    )
    tokens = await Promise.all(
      simulators.map(async (simulator, index) => {
        const code = await codeFrom(simulator, 'signed-in')
        return (await nodes[index]?.login({ code }))?.data.token ?? ''
      }),
    )
  })
  afterAll(async () => {
    for (const node of nodes) node.kill('SIGTERM')
    await Promise.all(nodes.map(({ finished }) => finished))
    await Promise.all(simulators.map((simulator) => simulator.close()))
    await rm(folder, { recursive: true, force: true })
  })

  it('sign-ins are answered before clients time out, and signed-in users are not slowed down', async () => {
    const [stalling, healthy] = nodes
    const [simulator] = simulators
    if (!stalling || !healthy || !simulator) throw new Error('not started')
    const codes = await Promise.all(
      Array.from({ length: STALLED }, () => codeFrom(simulator, 'newcomer')),
    )
    await simulator.control.addFault({ path: PATH, times: 0, stallAfterConsuming: true })
    let over = false
    // Spread out, so that a busy moment of the machine does not affect all of them.
    const attempts = codes.map(async (code, index) => {
      await sleep(index * EVERY_MS)
      const lag = timed(() => sleep(BUDGET_MS)).then(({ ms }) => ms - BUDGET_MS)
      const answer = await timed(() => stalling.login({ code }))
      return { ...answer, lag: await lag }
    })
    const answering = Promise.all(attempts).finally(() => {
      over = true
    })
    const times: [number[], number[]] = [[], []]
    while (!over) {
      const pair = [
        timed(() => stalling.info(tokens[0] ?? '')),
        timed(() => healthy.info(tokens[1] ?? '')),
      ]
      for (const [index, { result, ms }] of (await Promise.all(pair)).entries()) {
        expect(result.errno).toBe(0)
        times[index]?.push(ms)
      }
      await sleep(PAUSE_MS)
    }

    const answers = await answering
    for (const { result, ms } of answers) {
      expect(result).toMatchObject(UNAVAILABLE)
      expect(ms).toBeLessThan(CLIENT_TIMEOUT_MS)
    }
    // The median of those that waited, minus what the machine added to a plain timer at that time.
    const waited = answers.filter(({ ms }) => ms > BUDGET_MS / 2)
    expect(waited.length).toBeGreaterThan(1)
    expect(median(waited.map(({ ms, lag }) => ms - lag))).toBeLessThan(PROMISE_MS)
    expect(median(times[0]) / median(times[1])).toBeLessThan(MAX_RATIO)
    expect(Math.max(...times[0]) - Math.max(...times[1])).toBeLessThan(MAX_MORE_MS)
  })
})

describe('the circuit breaker', () => {
  let api: TestApi
  beforeEach(async () => {
    api = await startTestApi()
  })
  afterEach(() => api.close())

  const callsSeen = async () => (await api.simulator.control.calls({ path: PATH })).length
  const rush = async (count: number) => {
    const codes = await Promise.all(Array.from({ length: count }, () => api.codeOf('rusher')))
    return codes.map((code) => api.login({ code }))
  }
  const wechat = async () => (await api.call('/readyz')).text.match(/"wechat":"(\w+)"/)?.[1]

  it.each<[string, Omit<FaultInput, 'path'>]>([
    ['cuts every connection', { reset: true }],
    ['answers nothing', { stallAfterConsuming: true }],
  ])('opens while WeChat %s, and closes when WeChat recovers', async (_how, fault) => {
    const { token } = await api.signIn('signed-in')
    await api.simulator.control.addFault({ path: PATH, times: 0, ...fault })
    await eventually(async () => {
      await Promise.all(await rush(10))
      return wechat()
    }).toBe('down')

    const before = await callsSeen()
    const answering = await rush(20)
    const timer = sleep(AT_ONCE_MS, 'late' as const)
    const soon = await Promise.all(answering.map((answer) => Promise.race([answer, timer])))

    // A probe from time to time, with its one retry, instead of forty calls.
    expect((await callsSeen()) - before).toBeLessThan(10)
    expect(soon.filter((answer) => answer === 'late').length).toBeLessThanOrEqual(1)
    for (const answer of await Promise.all(answering)) {
      expect(answer).toMatchObject(UNAVAILABLE)
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    }
    expect(await api.info(token)).toMatchObject({ errno: 0 })

    await api.simulator.control.clearFaults()
    await eventually(async () => (await api.login({ code: await api.codeOf('back') })).errno).toBe(
      0,
    )
    expect(await wechat()).toBe('up')
    for (const answer of await rush(10)) expect(await answer).toMatchObject({ errno: 0 })
  })
})
