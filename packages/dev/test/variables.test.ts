import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { startDevProcess } from './dev-process.ts'
import { signInAsPrinted, TIMEOUT_MS, useDev } from './use-dev.ts'

const { cleanUp, start, dataDir } = useDev()

describe('the variables of pnpm dev', { timeout: TIMEOUT_MS }, () => {
  it.each([
    [{ PORT: 'http' }, 'PORT must be integer'],
    [{ PREVIEW_PORT: 'http' }, 'PREVIEW_PORT must be a whole number from 1 to 65535'],
    [{ SESSION_IDLE_DAYS: 'none' }, 'SESSION_IDLE_DAYS must be integer'],
    [{ WX_APPID: 'wx1b2c3d4e5f607182' }, 'WX_APPID needs WX_SECRET beside it'],
    [{ WX_SECRET: '9f8e7d6c5b4a39281706f5e4d3c2b1a0' }, 'WX_SECRET needs WX_APPID beside it'],
  ])('ends with a message and code 1 when a variable is wrong: %j', async (env, message) => {
    const dev = startDevProcess({ ...(await dataDir()), ...env })
    cleanUp.push(() => dev.stop())

    expect(await dev.exited).toBe(1)
    expect(dev.said()).toContain(message)
    expect(dev.said()).not.toContain('listening')
  })

  it('names misspelt variables, of its file and of the environment', async () => {
    const { DATA_DIR } = await dataDir()
    const envFile = join(DATA_DIR, 'env')
    await writeFile(envFile, 'WX_APP_ID=wx1b2c3d4e5f607182\nCOLOUR=blue\n')
    const dev = await start({ DATA_DIR, JWT_KEY: 'x', SESSION_MANAGER: 'x' }, { envFile })

    expect(dev.said().split('WX_APP_ID is unknown: did you mean WX_APPID?')).toHaveLength(2)
    expect(dev.said()).toContain('COLOUR is unknown')
    expect(dev.said()).toContain('JWT_KEY is unknown: did you mean JWT_KEYS?')
    expect(dev.said()).not.toContain('SESSION_MANAGER')
  })

  it('restarts the API when its file of variables changes', async () => {
    const { DATA_DIR } = await dataDir()
    const envFile = join(DATA_DIR, 'env')
    await writeFile(envFile, 'SESSION_IDLE_DAYS=2\n')
    const dev = await start({ DATA_DIR }, { envFile })
    const daysOfToken = async () => {
      const { data } = await signInAsPrinted(dev.said())
      return Math.round((Date.parse(data.tokenExpire) - Date.now()) / 86_400_000)
    }
    expect(await daysOfToken()).toBe(2)

    await writeFile(envFile, 'SESSION_IDLE_DAYS=many\n')
    await vi.waitFor(
      () => expect(dev.said()).toContain('SESSION_IDLE_DAYS must be integer'),
      TIMEOUT_MS / 4,
    )
    expect(await daysOfToken()).toBe(2)
    await writeFile(envFile, 'SESSION_IDLE_DAYS=5\n')
    await vi.waitFor(async () => expect(await daysOfToken()).toBe(5), TIMEOUT_MS / 4)
  })

  it('says that the API ended, and starts it again once the cause is gone', async () => {
    const { DATA_DIR } = await dataDir()
    const envFile = join(DATA_DIR, 'env')
    const dev = await start({ DATA_DIR }, { envFile })
    // An address that no machine has.
    await writeFile(envFile, 'HOST=203.0.113.1\n')
    await vi.waitFor(
      () => expect(dev.said()).toContain('The API ended with code 1: waiting'),
      TIMEOUT_MS / 3,
    )
    await writeFile(envFile, '')
    await vi.waitFor(() => expect(dev.said()).toContain('The API is ready'), TIMEOUT_MS / 3)
    expect((await signInAsPrinted(dev.said())).errno).toBe(0)
  })
})
