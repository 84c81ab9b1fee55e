import { afterAll, describe, expect, it, vi } from 'vitest'
import { startDevProcess } from './dev-process.ts'
import { freePort, signInAsPrinted, TIMEOUT_MS, useDev } from './use-dev.ts'

const { cleanUp, start, dataDir } = useDev()

describe('the end of pnpm dev', { timeout: TIMEOUT_MS }, () => {
  it('stops at Ctrl-C within a second with code 0, and so do the shells around it', async () => {
    const dev = await start(await dataDir(), { terminal: true })
    const pressed = performance.now()
    dev.type('\u0003')

    expect(await dev.exited).toBe(0)
    expect(performance.now() - pressed).toBeLessThan(1_000)
  })
})

describe('the end of one pnpm dev after the other', { timeout: TIMEOUT_MS }, () => {
  let env: Record<string, string> | undefined
  let dev: Awaited<ReturnType<typeof start>> | undefined
  const stop: (() => Promise<unknown>)[] = []
  /** All of them use one database; a test that ends the one that runs leaves the start to the next. */
  const running = async () => {
    if (dev !== undefined && !dev.hasEnded()) return dev
    env ??= await dataDir()
    dev = await start(env)
    // It may serve the next test as well.
    stop.push(...cleanUp.splice(0))
    return dev
  }
  afterAll(async () => {
    for (const step of stop.reverse()) await step()
  })

  it('refuses a database that another one uses, and names that one and the cure', async () => {
    const first = await running()
    const [, api = ''] = first.said().match(/^API +(\S+)/m) ?? []
    const second = startDevProcess({ ...env, PORT: await freePort() })
    cleanUp.push(() => second.stop())

    expect(await second.exited).toBe(1)
    expect(second.said()).toContain(api)
    expect(second.said()).toMatch(/process \d+/)
    expect(second.said()).toContain('DATA_DIR=')
    expect((await signInAsPrinted(first.said())).errno).toBe(0)
  })

  it('leaves no API behind when it is killed, and the database free', async () => {
    const killed = await running()
    const [, api = ''] = killed.said().match(/^API +(\S+)/m) ?? []
    await killed.stop('SIGKILL')

    await vi.waitFor(() => expect(fetch(`${api}/livez`)).rejects.toThrow(), TIMEOUT_MS / 4)
    expect(await running()).not.toBe(killed)
  })

  it('stops at a second SIGINT no later than at one, with code 0', async () => {
    const stopped = await running()
    void stopped.stop('SIGINT')

    expect(await stopped.stop('SIGINT')).toBe(0)
  })
})
