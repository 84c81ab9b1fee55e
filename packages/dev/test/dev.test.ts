import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { makeDataDir, startDevProcess, takePort } from './dev-process.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const TIMEOUT_MS = 60_000
const run = promisify(execFile)
const cleanUp: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step()
})

const freePort = async () => {
  const taken = await takePort()
  await taken.free()
  return String(taken.port)
}

const start = async (
  env: Record<string, string>,
  options?: Parameters<typeof startDevProcess>[1],
) => {
  const ports = {
    SIMULATOR_PORT: await freePort(),
    PORT: await freePort(),
    PREVIEW_PORT: await freePort(),
  }
  const dev = startDevProcess({ ...ports, ...env }, options)
  cleanUp.push(() => dev.stop())
  await vi.waitFor(() => expect(dev.said()).toMatch(/^Sign in as carol/m), TIMEOUT_MS - 5_000)
  return dev
}

const dataDir = async () => {
  const folder = await makeDataDir()
  cleanUp.push(folder.remove)
  return { DATA_DIR: folder.path }
}

let drawn = 0

/** Runs the printed line in a shell, as a newcomer would. */
const signInAsPrinted = async (said: string) => {
  const line = said.split('\n').find((text) => text.startsWith('Sign in as carol')) ?? ''
  // A code that was just used is refused; what follows a tilde makes it another.
  const command = line.replace('Sign in as carol', '').replace('e2e-carol', `e2e-carol~${drawn++}`)
  const { stdout } = await run('sh', ['-c', command])
  return JSON.parse(stdout) as { errno: number; data: { token: string; tokenExpire: string } }
}

const askWho = async (said: string, token: string) => {
  const [, url] = said.match(/^API +(\S+)/m) ?? []
  const response = await fetch(`${url}/wx/auth/info`, { headers: { 'X-OA-Token': token } })
  return response.status
}

interface PersonView {
  name: string
  apps: Record<string, object>
}

const post = async (url: string, body: object, headers: Record<string, string> = {}) => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  return (await response.json()) as Record<string, unknown>
}

describe('pnpm dev', { timeout: TIMEOUT_MS }, () => {
  it('prints a command that signs in a user, and keeps sessions across a restart', async () => {
    const env = await dataDir()
    const first = await start(env)
    const { errno, data } = await signInAsPrinted(first.said())
    expect(errno).toBe(0)
    expect(await first.stop()).toBe(0)

    const second = await start(env)
    expect(await askWho(second.said(), data.token)).toBe(200)
  })

  it('keeps the storage that each user of the mini-program has', async () => {
    const env = await dataDir()
    const kept = [['alice', { token: '"of alice"' }]]
    await writeFile(join(env.DATA_DIR, 'preview-storage.json'), JSON.stringify(kept))
    const dev = await start(env)
    const [, url = ''] = dev.said().match(/^Mini-program +(\S+)/m) ?? []
    const answer = await fetch(`${url}/start.json`)
    const { options } = (await answer.json()) as { options: { storage: object } }

    expect(options.storage).toEqual({ token: '"of alice"' })
  })

  it('reports a busy port and uses the next free one', async () => {
    const taken = await takePort()
    cleanUp.push(taken.free)
    const dev = await start({ ...(await dataDir()), PORT: String(taken.port) })

    expect(dev.said()).toContain(`Port ${taken.port} (PORT) is busy: taking `)
    expect((await signInAsPrinted(dev.said())).errno).toBe(0)
  })

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

  it('says at once what it does, and is never silent for five seconds', async () => {
    const dev = await start(await dataDir())

    expect(dev.said().split('\n')[0]).toContain('Starting')
    expect(dev.longestSilence()).toBeLessThan(5_000)
  })

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

describe('pnpm dev, once it runs', { timeout: TIMEOUT_MS }, () => {
  let dev: Awaited<ReturnType<typeof start>>
  let stop: (() => Promise<unknown>)[] = []

  beforeAll(async () => {
    dev = await start(await dataDir())
    // It serves all tests of this group.
    stop = cleanUp.splice(0)
  })
  afterAll(async () => {
    for (const step of stop.reverse()) await step()
  })

  it('has users whose phone numbers can be bound at once', async () => {
    const [, api = ''] = dev.said().match(/^API +(\S+)/m) ?? []
    const [, control = ''] = dev.said().match(/^WeChat simulator +(\S+)/m) ?? []
    const people = (await (await fetch(`${control}people`)).json()) as PersonView[]
    const [alice, bob] = people
    expect([alice?.name, bob?.name]).toEqual(['alice', 'bob'])
    const appid = Object.keys(alice?.apps ?? {})[0]
    const { data } = await post(`${api}/wx/auth/login_by_weixin`, { code: 'e2e-alice' })
    const { token } = data as { token: string }
    const { code } = await post(`${control}phone-code`, { appid, person: 'alice' })

    const answer = await post(`${api}/wx/auth/bind_phone`, { code }, { 'x-oa-token': token })
    expect(answer).toMatchObject({ errno: 0, data: { mobile: '156******77' } })
  })

  it('documents the routes for other services, and prints a command that calls one', async () => {
    const [, api = ''] = dev.said().match(/^API +(\S+)/m) ?? []
    const { paths } = (await (await fetch(`${api}/docs/json`)).json()) as { paths: object }
    const [, command = ''] = dev.said().match(/^As a service +(curl .+)$/m) ?? []
    const { stdout } = await run('sh', ['-c', command])

    expect(Object.keys(paths)).toContain('/internal/wechat/access_token')
    expect(JSON.parse(stdout)).toMatchObject({ errno: 0 })
  })

  it('prints, as the README shows, a command for somebody who is not in the preview', async () => {
    const [, control = ''] = dev.said().match(/^WeChat simulator +(\S+)/m) ?? []
    const people = (await (await fetch(`${control}people`)).json()) as PersonView[]
    const printed = /"code":"e2e-(\w+)"/
    const [, name = ''] = dev.said().match(printed) ?? []
    const pages = ['README.md', 'README.zh-CN.md'].map((page) => readFileSync(ROOT + page, 'utf8'))

    expect(name).not.toBe('')
    expect(people.map((person) => person.name)).not.toContain(name)
    expect(pages.map((page) => page.match(printed)?.[1])).toEqual([name, name])
  })

  it('shows the mini-program in a browser', async () => {
    const [, url = ''] = dev.said().match(/^Mini-program +(\S+)/m) ?? []
    const response = await fetch(url)

    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toContain('text/html')
  })
})
