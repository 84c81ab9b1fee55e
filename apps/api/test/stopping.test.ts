import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { quickTmpdir } from '@oa/test-servers/quick-tmpdir'
import type { Simulator } from '@oa/wechat-simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { errnoOf, openSocket, rawRequest, statusOf } from './support/raw-request.ts'
import { beforeStart, startApiProcess } from './support/start-api-process.ts'
import { startTestSimulator, testEnv } from './support/start-test-api.ts'

const IN_FLIGHT = 200
/** A process is gone so long after SIGTERM, whatever it is doing. */
const GONE_MS = 10_000
/** Has requests of one path hang for ever, as a bug would. */
const HANGING = beforeStart(`
  import { Server } from 'node:http'
  const emit = Server.prototype.emit
  Server.prototype.emit = function (name, ...args) {
    return name === 'request' && args[0].url === '/hang' ? true : emit.call(this, name, ...args)
  }`)

describe('a process that is told to stop', () => {
  let simulator: Simulator
  let folder: string
  beforeAll(async () => {
    simulator = await startTestSimulator()
    folder = await mkdtemp(join(quickTmpdir(), 'oa-stopping-'))
  })
  afterAll(async () => {
    await simulator.close()
    await rm(folder, { recursive: true, force: true })
  })
  const start = (name: string, env: NodeJS.ProcessEnv = {}) =>
    startApiProcess({ ...testEnv(simulator, join(folder, name)), LOG_LEVEL: 'info', ...env })

  it(`answers ${IN_FLIGHT} requests that have begun to arrive, and exits with 0`, async () => {
    const api = await start('in-flight')
    const begun = await Promise.all(
      Array.from({ length: IN_FLIGHT }, async (_, person) => {
        const body = JSON.stringify({ code: `e2e-last-${person}` })
        const socket = await openSocket(api.url)
        socket.write(
          `POST /wx/auth/login_by_weixin HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n{`,
        )
        return { answer: text(socket), finish: () => socket.write(body.slice(1)) }
      }),
    )
    // Answered on another connection, so the bytes above have arrived too.
    await api.call('/livez')
    api.kill('SIGTERM')
    await sleep(50)
    for (const { finish } of begun) finish()
    const answers = await Promise.all(begun.map(({ answer }) => answer))

    expect(answers.map((answer) => [statusOf(answer), errnoOf(answer)])).toEqual(
      Array.from(answers, () => [200, 0]),
    )
    expect(await api.finished).toMatchObject({ code: 0, stderr: '' })
  })

  it('is gone after ten seconds although a request hangs, and says that it cut it off', async () => {
    const api = await start('hanging', HANGING)
    const cutOff = rawRequest(api.url, 'GET /hang HTTP/1.1\r\nHost: x\r\n\r\n')
    await api.call('/livez')
    const toldAt = performance.now()
    api.kill('SIGTERM')
    const { code, stdout } = await api.finished

    expect(performance.now() - toldAt).toBeGreaterThan(0.9 * GONE_MS)
    expect(code).toBe(1)
    expect(stdout).toContain('FATAL stopping took too long: what was still running is cut off')
    expect(await cutOff).toBe('')
  })

  it('is gone at once when it is told a second time', async () => {
    const api = await start('twice', { SHUTDOWN_NOTICE_MS: '8000' })
    const toldAt = performance.now()
    api.kill('SIGTERM')
    await sleep(100)
    api.kill('SIGTERM')
    const { code, stdout } = await api.finished

    expect(performance.now() - toldAt).toBeLessThan(8_000)
    expect(code).toBe(1)
    expect(stdout).toContain('FATAL told to stop twice')
  })
})
