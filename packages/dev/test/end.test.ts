import { describe, expect, it, vi } from 'vitest'
import { startDevProcess } from './dev-process.ts'
import { freePort, signInAsPrinted, TIMEOUT_MS, useDev } from './use-dev.ts'

const { cleanUp, start, dataDir } = useDev()

describe('the end of pnpm dev', { timeout: TIMEOUT_MS }, () => {
  it('refuses a database that another one uses, and names that one and the cure', async () => {
    const env = await dataDir()
    const first = await start(env)
    const [, api = ''] = first.said().match(/^API +(\S+)/m) ?? []
    const second = startDevProcess({ ...env, PORT: await freePort() })
    cleanUp.push(() => second.stop())

    expect(await second.exited).toBe(1)
    expect(second.said()).toContain(api)
    expect(second.said()).toMatch(/process \d+/)
    expect(second.said()).toContain('DATA_DIR=')
    expect((await signInAsPrinted(first.said())).errno).toBe(0)
  })

  it('stops at Ctrl-C within a second with code 0, and so do the shells around it', async () => {
    const dev = await start(await dataDir(), { terminal: true })
    const pressed = performance.now()
    dev.type('\u0003')

    expect(await dev.exited).toBe(0)
    expect(performance.now() - pressed).toBeLessThan(1_000)
  })

  it('leaves no API behind when it is killed', async () => {
    const env = await dataDir()
    const dev = await start(env)
    const [, api = ''] = dev.said().match(/^API +(\S+)/m) ?? []
    await dev.stop('SIGKILL')

    await vi.waitFor(() => expect(fetch(`${api}/livez`)).rejects.toThrow(), TIMEOUT_MS / 4)
    // And the database is free again.
    await start(env)
  })

  it('stops at a second SIGINT no later than at one, with code 0', async () => {
    const dev = await start(await dataDir())
    void dev.stop('SIGINT')

    expect(await dev.stop('SIGINT')).toBe(0)
  })
})
