import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { takePort } from './dev-process.ts'
import { run, signInAsPrinted, TIMEOUT_MS, useDev } from './use-dev.ts'

const { cleanUp, start, dataDir } = useDev()
const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

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

describe('pnpm dev, started a second time', { timeout: TIMEOUT_MS }, () => {
  let dev: Awaited<ReturnType<typeof start>>
  /** Of the user who signed in the first time, and the code with which that ended. */
  let before: { errno: number; token: string; code: number | null }
  let busyPort: number
  let stop: (() => Promise<unknown>)[] = []

  beforeAll(async () => {
    const taken = await takePort()
    cleanUp.push(taken.free)
    busyPort = taken.port
    const env = await dataDir()
    const first = await start(env)
    const { errno, data } = await signInAsPrinted(first.said())
    before = { errno, token: data.token, code: await first.stop() }
    const kept = [['alice', { token: '"of alice"' }]]
    await writeFile(join(env.DATA_DIR, 'preview-storage.json'), JSON.stringify(kept))
    dev = await start({ ...env, PORT: String(busyPort) })
    // It serves all tests of this group.
    stop = cleanUp.splice(0)
  })
  afterAll(async () => {
    for (const step of stop.reverse()) await step()
  })

  it('printed a command that signs in a user, and keeps sessions across a restart', async () => {
    expect([before.errno, before.code]).toEqual([0, 0])
    expect(await askWho(dev.said(), before.token)).toBe(200)
  })

  it('has said what it does, and was never silent for five seconds', () => {
    expect(dev.said()).toMatch(
      /^Bundling the API…[\s\S]+^Starting the API…[\s\S]+^Compiling the mini-program…/m,
    )
    expect(dev.longestSilence()).toBeLessThan(5_000)
  })

  it('keeps the storage that each user of the mini-program has', async () => {
    const [, url = ''] = dev.said().match(/^Mini-program +(\S+)/m) ?? []
    const answer = await fetch(`${url}/start.json`)
    const { options } = (await answer.json()) as { options: { storage: object } }

    expect(options.storage).toEqual({ token: '"of alice"' })
  })

  it('has a company, of which a newcomer is an administrator at once', async () => {
    const [, url] = dev.said().match(/^API +(\S+)/m) ?? []
    const login = { code: 'e2e-newcomer' }
    const { data } = await post(`${url}/wx/auth/login_by_weixin`, login)
    const { token } = data as { token: string }
    const get = async (path: string) => {
      const response = await fetch(url + path, { headers: { 'X-OA-Token': token } })
      return ((await response.json()) as { data?: Record<string, object[]> }).data
    }
    // It is founded in the background; the one who waits comes last.
    const waits = async () => (await get('/wx/admin/join_requests'))?.items
    await expect
      .poll(async () => (await get('/wx/org/mine'))?.memberships, { timeout: TIMEOUT_MS })
      .toMatchObject([{ orgName: '青禾科技', role: 'admin', state: 'active' }])
    await expect.poll(waits, { timeout: TIMEOUT_MS }).toMatchObject([{ name: '周杰' }])
    expect((await get('/wx/org/members'))?.items).toHaveLength(6)
    expect((await get('/wx/org/departments'))?.departments).toHaveLength(2)
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

  it('reports a busy port and uses the next free one', async () => {
    expect(dev.said()).toContain(`Port ${busyPort} (PORT) is busy: taking `)
    expect((await signInAsPrinted(dev.said())).errno).toBe(0)
  })
})
