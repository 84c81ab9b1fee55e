import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, it } from 'vitest'
import { createControl } from '../src/index.ts'

const BIN = fileURLToPath(new URL('../bin/wechat-simulator.mjs', import.meta.url))
const running: ReturnType<typeof run>[] = []

const run = (...args: string[]) => {
  const child = spawn(process.execPath, [BIN, ...args])
  const output = { out: '', err: '' }
  child.stdout.on('data', (text: Buffer) => (output.out += text))
  child.stderr.on('data', (text: Buffer) => (output.err += text))
  const ended = once(child, 'exit').then(([code]: number[]) => code)

  return { child, output, ended }
}

const start = (...args: string[]) => {
  const process = run(...args)
  running.push(process)

  return process
}

afterAll(async () => {
  for (const { child, ended } of running.splice(0)) {
    child.kill('SIGKILL')
    await ended
  }
})

const urlOf = async ({ output }: ReturnType<typeof run>) => {
  await expect.poll(() => output.out, { timeout: 50_000 }).toContain('/_control/')

  return /http:\/\/127\.0\.0\.1:\d+/.exec(output.out)?.[0] ?? ''
}

it.concurrent('says what it listens on, registers its apps and accepts named codes', async () => {
  const simulator = start('--app', 'wx1:s1', '--app', 'wx2:s2', '--accept-named-codes')
  const url = await urlOf(simulator)
  const query = 'appid=wx2&secret=s2&js_code=e2e-alice&grant_type=authorization_code'

  expect(simulator.output.out.trim().split('\n')).toHaveLength(2)
  expect(await createControl(url).apps()).toEqual([{ appid: 'wx1' }, { appid: 'wx2' }])
  expect(await (await fetch(`${url}/sns/jscode2session?${query}`)).json()).toHaveProperty('openid')
})

it.concurrent.each(['SIGINT', 'SIGTERM'] as const)('ends on %s with code 0', async (signal) => {
  const simulator = start()
  await urlOf(simulator)
  simulator.child.kill(signal)

  expect(await simulator.ended).toBe(0)
  expect(simulator.output.err).toBe('')
})

it.concurrent('refuses what it does not know, on one line', async () => {
  const { ended, output } = start('--prot', '1')

  expect(await ended).toBe(1)
  expect(output.err).toMatch(/^wechat-simulator: Unknown option '--prot'[^\n]*\n$/)
})

it.concurrent('says when its port is taken', async () => {
  const holder = createServer().listen(0, '127.0.0.1')
  await once(holder, 'listening')
  const address = holder.address()
  const port = typeof address === 'object' ? String(address?.port) : ''
  const { ended, output } = start('--port', port)

  expect(await ended).toBe(1)
  expect(output.err).toContain(`EADDRINUSE: address already in use 127.0.0.1:${port}`)
  holder.close()
})

it.concurrent('prints its help', async () => {
  const { ended, output } = start('--help')

  expect(await ended).toBe(0)
  expect(output.out).toContain('--accept-mock-codes')
})
