import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { CannotStart, runDevelopment } from '../src/run-development.ts'
import { startDevProcess } from './dev-process.ts'
import { signInAsPrinted, TIMEOUT_MS, useDev } from './use-dev.ts'

const { cleanUp, start, dataDir } = useDev()
const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

describe('the variables of pnpm dev', { timeout: TIMEOUT_MS }, () => {
  it('end it with a message and code 1 when one is wrong', async () => {
    const dev = startDevProcess({ ...(await dataDir()), PORT: 'http' })
    cleanUp.push(() => dev.stop())

    expect(await dev.exited).toBe(1)
    expect(dev.said()).toContain('PORT must be integer')
    expect(dev.said()).not.toContain('listening')
  })

  it.each([
    [{ PREVIEW_PORT: 'http' }, 'PREVIEW_PORT must be a whole number from 1 to 65535'],
    [{ SESSION_IDLE_DAYS: 'none' }, 'SESSION_IDLE_DAYS must be integer'],
    [{ WX_APPID: 'wx1b2c3d4e5f607182' }, 'WX_APPID needs WX_SECRET beside it'],
    [{ WX_SECRET: '9f8e7d6c5b4a39281706f5e4d3c2b1a0' }, 'WX_SECRET needs WX_APPID beside it'],
  ])(
    'are refused, before anything is said or started, when one is wrong: %j',
    async (env, message) => {
      const said: string[] = []
      const starting = runDevelopment({
        root: ROOT,
        envFile: '/dev/null',
        shell: { ...(await dataDir()), ...env },
        print: (line) => said.push(line),
        during: (_what, work) => work,
      })

      await expect(starting).rejects.toThrow(CannotStart)
      await expect(starting).rejects.toThrow(message)
      expect(said).toEqual([])
    },
  )
})

describe('the file of variables of pnpm dev, once it runs', { timeout: TIMEOUT_MS }, () => {
  let dev: Awaited<ReturnType<typeof start>>
  let envFile: string
  let stop: (() => Promise<unknown>)[] = []

  beforeAll(async () => {
    const { DATA_DIR } = await dataDir()
    envFile = join(DATA_DIR, 'env')
    await writeFile(envFile, 'WX_APP_ID=wx1b2c3d4e5f607182\nCOLOUR=blue\nSESSION_IDLE_DAYS=2\n')
    dev = await start({ DATA_DIR, JWT_KEY: 'x', SESSION_MANAGER: 'x' }, { envFile })
    // It serves all tests of this group.
    stop = cleanUp.splice(0)
  })
  afterAll(async () => {
    for (const step of stop.reverse()) await step()
  })
  /** Writes the file, and resolves once `text` was printed after that. */
  const change = async (content: string, text: string) => {
    const before = dev.said().length
    await writeFile(envFile, content)
    await vi.waitFor(() => expect(dev.said().slice(before)).toContain(text), TIMEOUT_MS / 3)
  }

  it('has its misspelt variables named, as has the environment', () => {
    expect(dev.said().split('WX_APP_ID is unknown: did you mean WX_APPID?')).toHaveLength(2)
    expect(dev.said()).toContain('COLOUR is unknown')
    expect(dev.said()).toContain('JWT_KEY is unknown: did you mean JWT_KEYS?')
    expect(dev.said()).not.toContain('SESSION_MANAGER')
  })

  it('restarts the API when it changes', async () => {
    const daysOfToken = async () => {
      const { data } = await signInAsPrinted(dev.said())
      return Math.round((Date.parse(data.tokenExpire) - Date.now()) / 86_400_000)
    }
    expect(await daysOfToken()).toBe(2)

    await change('SESSION_IDLE_DAYS=many\n', 'SESSION_IDLE_DAYS must be integer')
    expect(await daysOfToken()).toBe(2)
    await change('SESSION_IDLE_DAYS=5\n', 'The API is ready')
    expect(await daysOfToken()).toBe(5)
  })

  it('says that the API ended, and starts it again once the cause is gone', async () => {
    // An address that no machine has.
    await change('HOST=203.0.113.1\n', 'The API ended with code 1: waiting')
    await change('', 'The API is ready')
    expect((await signInAsPrinted(dev.said())).errno).toBe(0)
  })
})
