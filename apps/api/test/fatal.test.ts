import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Simulator } from '@oa/wechat-simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { onSignal, startApiProcess } from './support/start-api-process.ts'
import { startTestSimulator, testEnv } from './support/start-test-api.ts'

describe('an error that nothing handles', () => {
  let simulator: Simulator
  let folder: string
  beforeAll(async () => {
    simulator = await startTestSimulator()
    folder = await mkdtemp(join(tmpdir(), 'oa-fatal-'))
  })
  afterAll(async () => {
    await simulator.close()
    await rm(folder, { recursive: true, force: true })
  })

  it.each([
    ['an exception', `throw new Error('broken')`],
    ['a rejection', `Promise.reject(new Error('broken'))`],
    ['a rejection without a reason', `Promise.reject()`],
    [
      'a rejection while the process stops',
      `process.kill(process.pid, 'SIGTERM'); setTimeout(() => Promise.reject(new Error('broken')), 50)`,
    ],
  ])('ends the process with a fatal line and code 1: %s', async (_what, script) => {
    const api = await startApiProcess({
      ...testEnv(simulator, folder),
      ...onSignal(script),
      SHUTDOWN_NOTICE_MS: '1000',
    })
    api.kill('SIGWINCH')
    const { code, stdout, stderr } = await api.finished

    expect(code).toBe(1)
    expect(stdout.match(/FATAL the process met an error that nothing handles/g)).toHaveLength(1)
    expect(stderr).toBe('')
  })
})
