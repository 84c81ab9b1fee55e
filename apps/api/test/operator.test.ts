import { randomBytes } from 'node:crypto'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WX_TEMPLATES } from './support/consents.ts'
import { eventually } from './support/eventually.ts'
import { phoneTools } from './support/phone.ts'
import { runCommand } from './support/run-command.ts'
import type { TestApi } from './support/start-test-api.ts'
import { openidOf, startTestApi, TEST_APP } from './support/start-test-api.ts'

type Person = { id: string; openid: string; nickname: string; status: string }
type Act = { seq: number; operator: string; act: string; outcome: string; subject: string }

describe('an operator', () => {
  let api: TestApi
  const oa = (...words: string[]) => runCommand(api.env, words)
  const read = async <T>(...words: string[]) => {
    const { code, stdout, stderr } = await oa(...words, '--json')
    expect([code, stderr]).toEqual([0, ''])
    return JSON.parse(stdout) as T
  }
  const idOf = async (person: string) => {
    const [found] = await read<Person[]>('user', 'find', '--openid', await openidOf(api, person))
    return found?.id ?? ''
  }
  beforeAll(async () => {
    api = await startTestApi()
  })
  afterAll(() => api.close())

  it('finds people by nickname, last four digits, public id and openid', async () => {
    const phones = phoneTools(api)
    await api.signIn('found', { userInfo: { nickName: '寻人😀' } })
    const token = await phones.signInWithPhone('found', '13612349876')
    expect(await phones.bindByCode(token, 'found')).toMatchObject({ errno: 0 })
    const openid = await openidOf(api, 'found')
    const id = await idOf('found')

    for (const words of [
      ['--nickname', '人😀'],
      ['--phone-tail', '9876'],
      ['--id', id.toUpperCase()],
      ['--openid', openid],
    ]) {
      const people = await read<Person[]>('user', 'find', ...words)
      expect([words, people]).toEqual([words, [expect.objectContaining({ id, openid })]])
    }
    expect(await oa('user', 'find', '--phone-tail', '0000')).toMatchObject({ code: 3 })
    const { stdout } = await oa('user', 'show', '--id', id)
    expect(stdout).toContain('136******76')
    expect(stdout).toContain('phone_bound')
    expect(stdout).not.toContain('13612349876')
  })

  it('is not allowed to mean two people at once', async () => {
    for (const person of ['twin-1', 'twin-2']) {
      await api.signIn(person, { userInfo: { nickName: '双胞胎' } })
    }
    const refused = await oa('user', 'freeze', '--nickname', '双胞胎', '--yes')

    expect(refused.code).toBe(2)
    for (const twin of ['twin-1', 'twin-2']) expect(refused.stderr).toContain(await idOf(twin))
    expect(await api.login({ code: await api.codeOf('twin-1') })).toMatchObject({ errno: 0 })
  })

  it('sees where somebody is signed in, and ends one session or all', async () => {
    const first = (await api.signIn('guest', { deviceId: 'a'.repeat(20) })).token
    const second = (await api.signIn('guest', { deviceId: 'b'.repeat(20) })).token
    const id = await idOf('guest')
    const [newest] = await read<{ session: string }[]>('session', 'list', '--id', id)
    const one = ['session', 'end', '--id', id, '--session', newest?.session ?? '']

    expect(await oa(...one)).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') })
    expect(await api.info(second)).toMatchObject({ errno: 0 })
    expect(await oa(...one, '--yes')).toMatchObject({ code: 0 })
    await eventually(async () => (await api.info(second)).errno).not.toBe(0)
    expect(await api.info(first)).toMatchObject({ errno: 0 })
    expect(await oa(...one, '--yes')).toMatchObject({ code: 3 })

    expect(await oa('session', 'end', '--id', id, '--all', '--yes')).toMatchObject({ code: 0 })
    await eventually(async () => (await api.info(first)).errno).not.toBe(0)
    const events = await read<{ kind: string }[]>('event', 'list', '--id', id)
    expect(events.filter(({ kind }) => kind === 'session_ended')).toHaveLength(2)
  })

  it('takes a number away, which another account can have then', async () => {
    const phones = phoneTools(api)
    const token = await phones.signInWithPhone('before', '13612340011')
    expect(await phones.bindByCode(token, 'before')).toMatchObject({ errno: 0 })
    const id = await idOf('before')

    expect(await oa('user', 'phone', 'unbind', '--id', id, '--yes')).toMatchObject({ code: 0 })
    expect(await oa('user', 'phone', 'unbind', '--id', id, '--yes')).toMatchObject({ code: 1 })
    const after = await phones.signInWithPhone('after', '13612340011')
    expect(await phones.bindByCode(after, 'after')).toMatchObject({ errno: 0 })
  })

  it('leaves who did what to whom and why, also when it came to nothing', async () => {
    await api.signIn('judged')
    const id = await idOf('judged')
    const why = ['--code', 'security', '--note', '工单 42']
    const by = ['--as', '陈静', '--yes']
    expect(await oa('user', 'freeze', '--id', id, ...why, ...by)).toMatchObject({ code: 0 })
    expect(await oa('user', 'unfreeze', '--id', id, ...by)).toMatchObject({ code: 0 })
    expect(await oa('user', 'phone', 'unbind', '--id', id, ...by)).toMatchObject({ code: 1 })

    const acts = await read<Act[]>('audit', 'list', '--subject', id)
    expect(acts.map(({ act, outcome, operator }) => [act, outcome, operator])).toEqual([
      ['user phone unbind', 'failed', '陈静'],
      ['user phone unbind', 'asked', '陈静'],
      ['user unfreeze', 'asked', '陈静'],
      ['user freeze', 'asked', '陈静'],
    ])
    expect(acts.at(-1)).toMatchObject({
      detail: JSON.stringify({ code: 'security', reason: null, note: '工单 42' }),
    })
    expect(await oa('audit', 'verify')).toMatchObject({ code: 0 })
  })

  it('cannot change, remove or move an act unseen', async () => {
    const { anchor } = await read<{ anchor: string }>('audit', 'verify')
    const database = new Database(`${api.folder}/oa.db`)
    const rows = database.prepare('SELECT * FROM operator_audit ORDER BY seq').all() as Act[]
    const last = rows.at(-1)?.seq ?? 0
    const restore = () => {
      database.exec('DELETE FROM operator_audit')
      for (const row of rows) {
        const names = Object.keys(row)
        const values = names.map((name) => `@${name}`).join(', ')
        database
          .prepare(`INSERT INTO operator_audit (${names.join(', ')}) VALUES (${values})`)
          .run(row)
      }
    }
    for (const tampering of [
      `UPDATE operator_audit SET operator = 'nobody' WHERE seq = 2`,
      'DELETE FROM operator_audit WHERE seq = 2',
      `UPDATE operator_audit SET seq = CASE seq WHEN 2 THEN 900 WHEN 3 THEN 2 ELSE seq END;
       UPDATE operator_audit SET seq = 3 WHERE seq = 900`,
    ]) {
      database.exec(tampering)
      const { code, stdout } = await oa('audit', 'verify')
      expect([tampering, code]).toEqual([tampering, 5])
      expect(stdout).toMatch(/missing|changed/)
      restore()
    }
    database.exec(`DELETE FROM operator_audit WHERE seq = ${last}`)
    expect(await oa('audit', 'verify')).toMatchObject({ code: 0 })
    expect(await oa('audit', 'verify', '--anchor', anchor)).toMatchObject({ code: 5 })
    restore()
    database.close()
    expect(await oa('audit', 'verify', '--anchor', anchor)).toMatchObject({ code: 0 })
  })

  it('writes acts one after the other, however many operators work at once', async () => {
    await api.signIn('contested')
    const id = await idOf('contested')
    const work = Array.from({ length: 6 }, () => oa('user', 'unfreeze', '--id', id))
    for (const { code } of await Promise.all(work)) expect(code).toBe(0)
    expect(await oa('audit', 'verify')).toMatchObject({ code: 0 })
  })

  it('has WeChat give another access_token', async () => {
    const refresh = ['wechat', 'token', 'refresh']
    expect(await oa(...refresh)).toMatchObject({ code: 2 })
    const done = await oa(...refresh, '--yes')
    expect(done).toMatchObject({ code: 0, stdout: expect.stringContaining('lasts until') })
    await api.simulator.control.addFault({ path: '/cgi-bin/stable_token', errcode: 40125 })
    expect((await oa(...refresh, '--yes')).code).toBe(4)
  })

  it('is helped', async () => {
    for (const words of [['--help'], ['help'], ['user', '--help'], ['user', 'freeze', '--help']]) {
      expect(await oa(...words)).toMatchObject({
        code: 0,
        stderr: '',
        stdout: expect.stringContaining('oa user freeze'),
      })
    }
  })

  it('gets a key that is accepted, and steps that never leave a node without it', async () => {
    const { entry, steps } = await read<{ entry: string; steps: string[] }>(
      ...['key', 'rotate', '--ring', 'jwt'],
    )
    expect(entry).toMatch(/^k\d{8}:[A-Za-z0-9+/]{43}=$/)
    expect(steps).toHaveLength(3)
    const ring = `${api.env.JWT_KEYS},${entry}`
    const rotated = await startTestApi({ env: { ...api.env, JWT_KEYS: ring } })
    const { token } = await api.signIn('through-rotation')
    expect(await rotated.info(token)).toMatchObject({ errno: 0 })
    await rotated.close()
  })
})

describe('the doctor', () => {
  let api: TestApi
  const findings = async (env: NodeJS.ProcessEnv = {}) => {
    const { code, stdout } = await runCommand({ ...api.env, ...env }, ['doctor', '--json'])
    const found = JSON.parse(stdout) as {
      what: string
      state: string
      found: string
      cure?: object
    }[]
    return { code, found, problems: found.filter(({ state }) => state === 'problem') }
  }
  beforeAll(async () => {
    api = await startTestApi()
  })
  afterAll(() => api.close())

  it('finds nothing wrong where nothing is', async () => {
    const { code, problems } = await findings()
    expect([code, problems]).toEqual([0, []])
  })

  it.each([
    [40013, /WX_APPID/],
    [40125, /WX_SECRET/],
    [40164, /203\.0\.113\.7/],
  ])('knows the cure of %d in both languages', async (errcode, cure) => {
    await api.simulator.control.addFault({
      path: '/cgi-bin/stable_token',
      errcode,
      errmsg: 'invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist rid: 6-7-8',
    })
    const { code, problems } = await findings()

    expect(code).toBe(5)
    expect(problems).toEqual([
      expect.objectContaining({
        what: 'WeChat',
        cure: { en: expect.stringMatching(cure), zh: expect.stringMatching(/[一-龥]/) },
      }),
    ])
    expect(JSON.stringify(problems)).not.toContain(TEST_APP.secret)
  })

  it('compares the templates of subscribe messages with those at WeChat', async () => {
    const cases: [fields: string[], found: RegExp][] = [
      [
        ['thing1', 'time2', 'character_string3'],
        /invited: this mini-program has no such template$/,
      ],
      [['thing1', 'time2', 'thing7'], /new_device: nothing fills thing7.*has no character_string3/],
    ]
    for (const [fields, found] of cases) {
      await api.simulator.control.addTemplate({
        appid: TEST_APP.appid,
        templateId: 'template-new-device',
        fields,
      })
      const { problems } = await findings({ WX_TEMPLATES })
      expect(problems).toEqual([
        expect.objectContaining({
          what: 'templates',
          found: expect.stringMatching(found),
          cure: {
            en: expect.stringMatching(/WX_TEMPLATES/),
            zh: expect.stringMatching(/我的模板/),
          },
        }),
      ])
    }
    const { found } = await findings()
    expect(found).toContainEqual(expect.objectContaining({ what: 'templates', state: 'skipped' }))
  })

  it('tells of a Redis elsewhere to which nothing is encrypted', async () => {
    const of = async (REDIS_URL: string) =>
      (await findings({ REDIS_URL })).found.find(({ what }) => what === 'TLS to Redis')?.state

    const urls = [
      'redis://redis.invalid:6379',
      'rediss://redis.invalid:6379',
      'redis://127.0.0.1:1',
    ]
    expect(await Promise.all(urls.map(of))).toEqual(['problem', 'ok', 'ok'])
  })

  it('names what else is wrong, and no secret', async () => {
    const secret = randomBytes(8).toString('hex')
    const { problems } = await findings({
      REDIS_URL: `redis://:${secret}@127.0.0.1:1`,
      DATABASE_URL: `mysql://oa:${secret}@127.0.0.1:1/oa`,
      LOGIN_LIMIT_PER_IPS: '1',
    })
    expect(problems.map(({ what }) => what)).toEqual(['configuration', 'database', 'Redis'])
    expect(JSON.stringify(problems)).not.toContain(secret)

    const wrong = await findings({ PORT: 'eighty' })
    expect(wrong.problems).toEqual([expect.objectContaining({ what: 'configuration' })])
  })
})

it('migrates and prunes in production with nothing but the database', async () => {
  const api = await startTestApi()
  const env = { NODE_ENV: 'production', ALLOW_SQLITE: 'true', DATA_DIR: api.folder }
  expect(await runCommand(env, ['migrate'])).toMatchObject({
    code: 0,
    stdout: 'Nothing to apply.\n',
  })
  const prune = ['event', 'prune', '--older-than-days', '200', '--yes']
  expect(await runCommand(env, prune)).toMatchObject({ code: 0 })
  const without = { ...env, ALLOW_SQLITE: '' }
  expect(await runCommand(without, ['migrate'])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('DATABASE_URL is required'),
  })
  await api.close()
})
