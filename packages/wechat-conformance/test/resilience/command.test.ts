import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { ResilienceCase } from '../../src/resilience/index.ts'
import {
  createCommandAdapter,
  readResilienceCases,
  runResilience,
} from '../../src/resilience/index.ts'

const pathOf = (name: string) => fileURLToPath(new URL(name, import.meta.url))
const BIN = pathOf('../../bin/wechat-resilience.mjs')
const CLIENT = [process.execPath, pathOf('./command-client.mjs')]
const FROM_SOURCE = ['--conditions=source', '--import', 'tsx']
const SERVED = [process.execPath, ...FROM_SOURCE, pathOf('./serve-naive.ts')]

/** These tests are about the protocol: on a busy machine a process may need seconds to end. */
const giveTime = (entry: ResilienceCase): ResilienceCase => ({
  ...entry,
  steps: entry.steps.map((step) => ({ ...step, withinMs: 30_000 })),
})

const run = async (command: string[], ...ids: string[]) => {
  const cases = (await readResilienceCases()).filter(({ id }) => ids.includes(id)).map(giveTime)
  const results = await runResilience(createCommandAdapter(command), cases)

  return new Map(results.map(({ id, outcome, reason }) => [id, reason ?? outcome]))
}

describe.concurrent('a client that is a command', () => {
  it('is asked and answers in JSON lines', async () => {
    const results = await run(
      CLIENT,
      'login/success',
      'login/invalid-code',
      'login/used-code',
      'login/risk',
      'login/day-quota',
      'network/tls',
      'phone/success',
      'token/stampede-on-two-nodes',
    )
    expect(Object.fromEntries(results)).toEqual({
      'login/success': 'passed',
      'login/invalid-code': 'passed',
      'login/used-code': "failed without telling why: the client's process ended with code 3",
      'login/risk': 'the error shows secret',
      'login/day-quota': 'failed without telling why: errcode 45009',
      'network/tls': 'passed',
      'phone/success': 'has no getPhoneNumber',
      'token/stampede-on-two-nodes': 'has no clients that share something',
    })
  })

  it('that cannot be started, or ends at once, has failed', async () => {
    const missing = await run(['/nowhere/at-all'], 'login/success')
    expect(missing.get('login/success')).toMatch(/^did not run: .*ENOENT/)
    const ending = await run([process.execPath, '-e', ''], 'login/success')
    expect(ending.get('login/success')).toMatch(/^did not run: .*ended/)
  })

  it('can be built from an adapter', async () => {
    const results = await run(SERVED, 'login/success', 'answers/html', 'push/forged')
    expect(Object.fromEntries(results)).toEqual({
      'login/success': 'passed',
      'answers/html': 'passed',
      'push/forged': 'result.accepted: expected false, got true',
    })
  })
})

describe.concurrent('wechat-resilience', () => {
  const start = async (...args: string[]) => {
    const child = spawn(process.execPath, [BIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
    const [out, err, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'exit') as Promise<[number]>,
    ])
    return { out, err, code }
  }

  it('reports each case, and exits with 1 when one failed', async () => {
    const { out, code } = await start('--only', 'login/in', '--only', 'login/used', '--', ...CLIENT)
    expect(out.split('\n').sort()).toEqual([
      '',
      '1 passed, 1 failed, 0 skipped',
      "failed   login/used-code: errcode 40163 asks the phone for a new code, too (failed without telling why: the client's process ended with code 3)",
      'passed   login/invalid-code: errcode 40029 asks the phone for a new code',
    ])
    expect(code).toBe(1)
  })

  it('prints its help, and requires a command', async () => {
    expect(await start('--help')).toMatchObject({ code: 0, err: '' })
    expect(await start()).toMatchObject({
      code: 1,
      err: 'wechat-resilience: expected a command after --\n',
    })
  })
})
