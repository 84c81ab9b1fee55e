import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { quickTmpdir } from '@oa/test-servers/quick-tmpdir'
import type { Simulator } from '@oa/wechat-simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from './support/eventually.ts'
import { openSocket, rawRequest } from './support/raw-request.ts'
import type { ApiProcess } from './support/start-api-process.ts'
import { startApiProcess } from './support/start-api-process.ts'
import { codeFrom, startTestSimulator, testEnv } from './support/start-test-api.ts'

/** Of each kind; the long form has thousands. */
const SLOW = Number(process.env.SLOW_CONNECTIONS ?? 100)
/** Who is slow is gone after so long. */
const CLOSED_MS = 15_000
/** Most requests beside them are answered within so long. */
const ANSWERED_MS = 300
const PIPELINED = 10_000
const MIB = 1_048_576

const GET = 'GET /wx/auth/info HTTP/1.1\r\nHost: x\r\n'
/** What a slow client sends first, and then again and again. */
const KINDS: Record<string, [first: string, then: string]> = {
  'connects and sends nothing': ['', ''],
  'sends its headers bit by bit': [GET, 'X-Slow: 1\r\n'],
  'sends its body bit by bit': [
    'POST /wx/auth/login_by_weixin HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n',
    ' ',
  ],
}

describe('connections of clients that behave badly', () => {
  let simulator: Simulator
  let folder: string
  let api: ApiProcess
  let token: string
  beforeAll(async () => {
    simulator = await startTestSimulator()
    folder = await mkdtemp(join(quickTmpdir(), 'oa-connections-'))
    api = await startApiProcess({ ...testEnv(simulator, folder), LOG_LEVEL: 'info' })
    token = (await api.login({ code: await codeFrom(simulator, 'user') })).data.token
  })
  afterAll(async () => {
    api.kill('SIGKILL')
    await api.finished
    await simulator.close()
    await rm(folder, { recursive: true, force: true })
  })

  const open = async (url: string): Promise<Socket> => {
    const socket = await openSocket(url)
    return socket.on('error', () => {})
  }
  const memory = async ({ pid }: ApiProcess) =>
    Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1_024

  it(`are closed within 15 s when they are slow, and slow nobody else down: ${SLOW} of each kind`, async () => {
    const openSlow = async ([first, then]: [string, string]) => {
      const socket = await open(api.url)
      const since = performance.now()
      socket.resume().write(first)
      const timer = setInterval(() => socket.write(then), 1_000)
      await once(socket, 'close')
      clearInterval(timer)
      return performance.now() - since
    }
    const before = await memory(api)
    let allClosed = false
    const slow = Object.values(KINDS).flatMap((kind) =>
      Array.from({ length: SLOW }, () => openSlow(kind)),
    )
    const closing = Promise.all(slow).finally(() => {
      allClosed = true
    })
    const times: number[] = []
    while (!allClosed) {
      const sent = performance.now()
      expect(await api.info(token)).toMatchObject({ status: 200, errno: 0 })
      times.push(performance.now() - sent)
      await sleep(100)
    }
    const after = await memory(api)

    expect(Math.max(...(await closing))).toBeLessThan(CLOSED_MS)
    times.sort((a, b) => a - b)
    expect(times[Math.floor(times.length * 0.9)]).toBeLessThan(ANSWERED_MS)
    expect((after - before) / slow.length).toBeLessThan(MIB)
  })

  it(`are closed after a hundred requests that wait for no answer, of ${PIPELINED}`, async () => {
    const request = `${GET}X-OA-Token: ${token}\r\n\r\n`
    const received = rawRequest(api.url, request.repeat(PIPELINED))
    expect(await api.info(token)).toMatchObject({ status: 200, errno: 0 })

    const statuses = [...(await received).matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(([, one]) => one)
    // What was on its way to a client that goes on sending is lost when the connection is closed.
    expect(statuses.length).toBeLessThan(200)
    expect(new Set(statuses.slice(0, 100))).toEqual(new Set(['200']))
    expect((await api.info(token)).status).toBe(200)
  })

  it('leave room for others when the process may open only a few files', async () => {
    const small = await startApiProcess(
      { ...testEnv(simulator, join(folder, 'small')), LOG_LEVEL: 'info' },
      { openFiles: 260 },
    )
    const idle = await Promise.all(
      Array.from({ length: 300 }, async () => {
        const socket = await open(small.url)
        socket.resume().write('GET /livez HTTP/1.1\r\nHost: x\r\n\r\n')
        return socket
      }),
    )

    await eventually(async () => (await small.call('/readyz').catch(() => null))?.status).toBe(200)
    const code = await codeFrom(simulator, 'newcomer')
    expect(await small.login({ code })).toMatchObject({ status: 200, errno: 0 })
    for (const socket of idle) socket.destroy()
    small.kill('SIGTERM')
    const { code: exitCode, stdout } = await small.finished
    expect(exitCode).toBe(0)
    expect(stdout).toContain('WARN too many connections: closing those that are idle')
    expect(stdout).not.toMatch(/EMFILE|ERROR|FATAL/)
  })
})
