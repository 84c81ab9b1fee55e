import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Simulator } from '@oa/wechat-simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from './support/eventually.ts'
import { runProcess, startApiProcess } from './support/start-api-process.ts'
import { codeFrom, openidOf, startTestSimulator, testEnv } from './support/start-test-api.ts'

describe('the process', () => {
  let simulator: Simulator
  let folder: string
  beforeAll(async () => {
    simulator = await startTestSimulator()
    folder = await mkdtemp(join(tmpdir(), 'oa-process-'))
  })
  afterAll(async () => {
    await simulator.close()
    await rm(folder, { recursive: true, force: true })
  })

  /** Without keys: in development they are generated once and kept in the data folder. */
  const env = () => {
    const { JWT_KEYS: _jwt, SESSION_KEYS: _session, ...rest } = testEnv(simulator, folder)
    return { ...rest, NODE_ENV: 'development' }
  }
  const signIn = async (
    api: { login: (body: { code: string }) => Promise<SignInAnswer> },
    person: string,
  ) => (await api.login({ code: await codeFrom(simulator, person) })).data.token

  it('keeps users signed in through kill -9 and a restart', async () => {
    const before = await startApiProcess(env())
    const token = await signIn(before, 'survivor')
    before.kill('SIGKILL')
    await before.finished

    const after = await startApiProcess(env())

    expect(await after.info(token)).toMatchObject({ errno: 0 })
    after.kill('SIGTERM')
    await after.finished
    expect((await stat(join(folder, 'dev-secrets.json'))).mode & 0o777).toBe(0o600)
  })

  it('shuts down gracefully on SIGTERM: it answers requests in flight and exits with 0', async () => {
    const api = await startApiProcess(env())
    await simulator.control.addFault({ path: '/sns/jscode2session', latencyMs: 500 })
    const begun = signIn(api, 'last-guest')
    await eventually(async () =>
      (await simulator.control.calls()).some(({ person }) => person === 'last-guest'),
    ).toBe(true)
    api.kill('SIGTERM')

    expect(await begun).toMatch(/^ey/)
    expect(await api.finished).toMatchObject({ code: 0, stderr: '' })
    await expect(api.call('/livez')).rejects.toThrow()
  })

  it('reports that it is stopping before it stops, and closes its connections', async () => {
    const api = await startApiProcess({ ...env(), SHUTDOWN_NOTICE_MS: '1500' })
    expect((await api.call('/readyz')).headers.get('connection')).toBe('keep-alive')
    api.kill('SIGTERM')

    await eventually(async () => (await api.call('/readyz')).errmsg).toBe('stopping')
    const { status, headers } = await api.call('/readyz')
    expect([status, headers.get('connection')]).toEqual([503, 'close'])
    expect((await api.call('/livez')).status).toBe(200)
    expect(await api.finished).toMatchObject({ code: 0 })
  })

  it('warns in its log of a misspelt variable', async () => {
    const api = await startApiProcess({ ...env(), LOGIN_LIMIT_PER_IPS: '1' })
    api.kill('SIGTERM')

    expect((await api.finished).stdout).toContain(
      'LOGIN_LIMIT_PER_IPS is unknown: did you mean LOGIN_LIMIT_PER_IP?',
    )
  })

  it('names every mistake in its configuration at once, without the values', async () => {
    const bad = {
      NODE_ENV: 'production',
      PORT: 'eighty',
      REDIS_URL: 'http://hidden-host',
      WX_API_BASE: 'http://hidden-host',
      WX_APPID: 'hidden-appid',
      WX_SECRET: 'hidden-secret',
      JWT_KEYS: 'a:aGlkZGVu',
      TRUST_PROXY: 'everybody',
    }
    const { code, stderr } = await runProcess('main.ts', bad)

    expect(code).toBe(1)
    for (const variable of [...Object.keys(bad), 'SESSION_KEYS', 'DATABASE_URL']) {
      if (variable !== 'NODE_ENV') expect(stderr).toContain(`${variable} `)
    }
    expect(stderr).not.toMatch(/hidden|eighty|everybody|aGlkZGVu/)
  })

  it('exits with 1 when its port is taken, and says so', async () => {
    const api = await startApiProcess(env())
    const port = new URL(api.url).port
    const { code, stdout } = await runProcess('main.ts', { ...env(), PORT: port })
    api.kill('SIGTERM')
    await api.finished

    expect(code).toBe(1)
    expect(stdout).toContain('EADDRINUSE')
  })

  it('applies a freeze and an unfreeze from the command line while it runs', async () => {
    const api = await startApiProcess(env())
    const token = await signIn(api, 'cli')
    const openid = await openidOf({ simulator }, 'cli')
    expect(await api.info(token)).toMatchObject({ errno: 0 })

    const frozen = await runProcess('cli.ts', env(), [
      'user',
      'freeze',
      '--openid',
      openid,
      '--reason',
      '违规',
      '--yes',
    ])
    expect(frozen).toMatchObject({ code: 0, stderr: '' })
    expect(frozen.stdout).toContain('1 session(s) ended')
    await eventually(() => api.info(token)).toMatchObject({ errno: 704, errmsg: '违规' })

    await runProcess('cli.ts', env(), ['user', 'unfreeze', '--openid', openid])
    await eventually(() => api.info(token)).toMatchObject({ errno: 501 })
    api.kill('SIGTERM')
    await api.finished
  })

  it.each([
    [['user', 'freeze'], 2, '--openid is missing'],
    [['user', 'freeze', '--openid', 'unknown-openid'], 3, 'There is no such person.'],
    [['frobnicate'], 2, 'usage:'],
  ])('says what is wrong with the command line %j', async (args, exitCode, expected) => {
    const { code, stderr } = await runProcess('cli.ts', env(), args)
    expect([code, stderr]).toEqual([exitCode, expect.stringContaining(expected)])
  })

  it('migrates from the command line, once', async () => {
    const other = await mkdtemp(join(tmpdir(), 'oa-migrate-'))
    const first = await runProcess('cli.ts', { ...env(), DATA_DIR: other }, ['migrate'])
    const second = await runProcess('cli.ts', { ...env(), DATA_DIR: other }, ['migrate'])
    expect(first.stdout).toContain('Applied: ')
    expect(second.stdout).toBe('Nothing to apply.\n')
    expect((await readFile(join(other, 'oa.db'))).length).toBeGreaterThan(0)
    await rm(other, { recursive: true })
  })
})

type SignInAnswer = { data: { token: string } }
