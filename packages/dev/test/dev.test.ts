import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { makeDataDir, startDevProcess, takePort } from './dev-process.ts'

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

const start = async (env: Record<string, string>, atEnd = cleanUp) => {
  const dev = startDevProcess({
    SIMULATOR_PORT: await freePort(),
    PORT: await freePort(),
    PREVIEW_PORT: await freePort(),
    ...env,
  })
  atEnd.push(() => dev.stop())
  await vi.waitFor(() => expect(dev.said()).toContain('Sign in as alice'), TIMEOUT_MS - 5_000)
  return dev
}

const dataDir = async (atEnd = cleanUp) => {
  const folder = await makeDataDir()
  atEnd.push(folder.remove)
  return { DATA_DIR: folder.path }
}

/** Runs the printed line in a shell, as a newcomer would. */
const signInAsPrinted = async (said: string) => {
  const line = said.split('\n').find((text) => text.startsWith('Sign in as alice')) ?? ''
  const { stdout } = await run('sh', ['-c', line.replace('Sign in as alice', '')])
  return JSON.parse(stdout) as { errno: number; data: { token: string } }
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

  describe('when the port of the API is busy', () => {
    const atEnd: typeof cleanUp = []
    let busy: number
    let dev: ReturnType<typeof startDevProcess>
    beforeAll(async () => {
      const taken = await takePort()
      atEnd.push(taken.free)
      busy = taken.port
      dev = await start({ ...(await dataDir(atEnd)), PORT: String(busy) }, atEnd)
    })
    afterAll(async () => {
      for (const step of atEnd.reverse()) await step()
    })

    it('has users whose phone numbers can be bound at once', async () => {
      const { data } = await signInAsPrinted(dev.said())
      const [, api = ''] = dev.said().match(/^API +(\S+)/m) ?? []
      const [, control = ''] = dev.said().match(/^WeChat simulator +(\S+)/m) ?? []
      const people = (await (await fetch(`${control}people`)).json()) as PersonView[]
      const [alice, bob] = people
      expect([alice?.name, bob?.name]).toEqual(['alice', 'bob'])
      const appid = Object.keys(alice?.apps ?? {})[0]
      const { code } = await post(`${control}phone-code`, { appid, person: 'alice' })

      const answer = await post(`${api}/wx/auth/bind_phone`, { code }, { 'x-oa-token': data.token })
      expect(answer).toMatchObject({ errno: 0, data: { mobile: '156******77' } })
    })

    it('shows the mini-program in a browser', async () => {
      const [, url = ''] = dev.said().match(/^Mini-program +(\S+)/m) ?? []
      const response = await fetch(url)

      expect(response.status).toBe(200)
      expect(response.headers.get('content-type')).toContain('text/html')
    })

    it('reports a busy port and uses the next free one', async () => {
      expect(dev.said()).toContain(`Port ${busy} (PORT) is busy: taking `)
      expect((await signInAsPrinted(dev.said())).errno).toBe(0)
    })
  })

  it('reports an invalid variable and starts nothing', async () => {
    const dev = startDevProcess({ PORT: 'http' })
    cleanUp.push(() => dev.stop())

    expect(await dev.exited).toBe(1)
    expect(dev.said()).toBe('PORT must be a whole number from 1 to 65535\n')
  })
})
