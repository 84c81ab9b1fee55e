import type { MariaDb } from '@oa/test-servers'
import { startMariaDb } from '@oa/test-servers'
import { describeWithServers } from '@oa/test-servers/vitest'
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest'
import { openStores } from '../../src/core.ts'
import { DatabaseUnavailable } from '../../src/infra/database/failures.ts'
import { migrateDatabase } from '../../src/infra/database/migrations/migrate-database.ts'
import { connectMysql } from '../../src/infra/database/mysql-connect.ts'
import type { DatabaseOptions } from '../../src/infra/database/open-database.ts'
import type { SignIn } from '../../src/sign-in/sign-in.ts'
import { untilItHolds } from '../support/eventually.ts'
import { APP_ID, aSignIn, NOW } from './fixtures.ts'
import { queryRows } from './query.ts'

describeWithServers(['mariadb'], 'The stores on a failing MariaDB', () => {
  let server: MariaDb
  let url: string
  beforeAll(async () => {
    server = await startMariaDb()
    url = await server.createDatabase()
    await migrateDatabase({ url })
  }, 60_000)
  afterAll(() => server.stop())

  const open = async (options: DatabaseOptions = {}) => {
    const database = await openStores({ url, ...options })
    onTestFinished(() => database.close())
    return database
  }

  it('report when they open why they cannot connect, without the password', async () => {
    const at = (change: (url: URL) => void) => {
      const changed = new URL(url)
      changed.password = 'hunter2'
      change(changed)
      return openStores({ url: changed.href }).catch((error: Error) => error)
    }
    const failures = await Promise.all([
      at((url) => (url.username = 'nobody')),
      at((url) => Object.assign(url, { password: '', pathname: '/absent' })),
      at((url) => (url.port = '1')),
    ])

    expect(failures.map(String)).toEqual([
      `DatabaseUnavailable: the database server at 127.0.0.1:${server.port} refused the user nobody or the password`,
      `DatabaseUnavailable: the database server at 127.0.0.1:${server.port} has no database absent`,
      expect.stringMatching(/^DatabaseUnavailable: the database server at 127.0.0.1:1 cannot be /),
    ])
    expect(failures.map((failure) => JSON.stringify(failure)).join()).not.toContain('hunter2')
  })

  it('lose no acknowledged sign-in when the server is killed, and recover without a restart of the API', async () => {
    const database = await open()
    const acknowledged: SignIn[] = []
    const failures: unknown[] = []
    let writing = true
    const writers = Array.from({ length: 12 }, async () => {
      while (writing) {
        const request = aSignIn()
        await database.signIn(request).then(
          () => acknowledged.push(request),
          (error: unknown) => failures.push(error),
        )
      }
    })
    await vi.waitFor(() => expect(acknowledged.length).toBeGreaterThan(50), { timeout: 20_000 })

    await server.kill('SIGKILL')
    await vi.waitFor(() => expect(failures.length).toBeGreaterThan(5), { timeout: 20_000 })
    await expect(database.check()).rejects.toThrow(DatabaseUnavailable)
    await server.restart()
    const before = acknowledged.length
    await vi.waitFor(() => expect(acknowledged.length).toBeGreaterThan(before + 20), {
      timeout: 20_000,
    })
    writing = false
    await Promise.all(writers)

    for (const failure of failures) expect(failure).toBeInstanceOf(DatabaseUnavailable)
    const found = await Promise.all(
      acknowledged.map(({ session }) => database.sessions.find(session.id)),
    )
    expect(found.filter((session) => session === null)).toEqual([])
    await database.check()
  }, 60_000)

  it('fail the calls that a hanging server does not answer, and work again when it resumes', async () => {
    const database = await open({ silenceMs: 300 })
    const signIn = () => database.signIn(aSignIn())
    const settled = Promise.allSettled(Array.from({ length: 40 }, signIn))
    await untilItHolds(() => database.check())
    await server.kill('SIGSTOP')
    try {
      const late = [...Array.from({ length: 40 }, signIn), database.users.find(1), database.check()]
      const outcomes = [...(await Promise.allSettled(late)), ...(await settled)]
      const failures = outcomes.flatMap((outcome) =>
        outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
      )
      expect(failures.length).toBeGreaterThan(2)
      for (const failure of failures) expect(failure).toBeInstanceOf(DatabaseUnavailable)
    } finally {
      await server.kill('SIGCONT')
    }
    await vi.waitFor(() => database.check(), { timeout: 10_000 })
    expect((await database.signIn(aSignIn())).kind).toBe('signed-in')
  }, 30_000)

  it('serve hundreds of calls with a pool of two connections', async () => {
    const database = await open({ poolSize: 2 })
    const outcomes = await Promise.all(
      Array.from({ length: 150 }, () => database.signIn(aSignIn())),
    )
    expect(outcomes.every(({ kind }) => kind === 'signed-in')).toBe(true)
  }, 60_000)

  it('are known to be there while all connections are busy, without waiting for one', async () => {
    const database = await open({ poolSize: 1 })
    const order: string[] = []
    const finding = Array.from({ length: 20 }, async () => {
      await database.users.find(1)
      order.push('found')
    })
    await database.check()
    order.push('checked')
    await Promise.all(finding)

    expect(order.indexOf('checked')).toBeLessThan(10)
  })

  it('give up on a row that another connection has locked, having written nothing', async () => {
    const database = await open()
    const request = aSignIn()
    const { user } = await database.signIn(request)
    const holder = await connectMysql(url)
    onTestFinished(() => holder.end())
    await holder.beginTransaction()
    await holder.query('UPDATE wx_user SET mobile = mobile WHERE id = ?', [user.id])

    const again = aSignIn({ openid: request.openid })
    await expect(database.signIn(again)).rejects.toThrow(DatabaseUnavailable)
    expect(await database.sessions.find(again.session.id)).toBeNull()

    await holder.rollback()
    expect((await database.signIn(again)).kind).toBe('signed-in')
  }, 30_000)

  it('retry once after a deadlock, without an error for the caller', async () => {
    const database = await open()
    const request = aSignIn({ session: { deviceId: 'device-0001' } })
    const { user } = await database.signIn(request)
    const rival = await connectMysql(url)
    onTestFinished(() => rival.end())
    await rival.beginTransaction()
    // The rival has written more, so the server picks our transaction as the victim.
    await rival.query(`
      INSERT INTO login_event (at, kind, outcome, appid, ip, user_agent, request_id)
      SELECT NOW(), 'login', 'ok', 'wx', '::2', '', '' FROM seq_1_to_100`)
    await rival.query('UPDATE wx_session SET ip = ? WHERE user_id = ?', ['::2', user.id])

    const again = aSignIn({ openid: request.openid, session: { deviceId: 'device-0001' } })
    const signingIn = database.signIn(again)
    const untilItWaits = async () => {
      const [row] = await queryRows(
        { url },
        'SELECT COUNT(*) AS waiting FROM information_schema.innodb_lock_waits',
      )
      expect(Number(row?.waiting)).toBeGreaterThan(0)
    }
    // The server refreshes that table only after 0.1 s without a read.
    await vi.waitFor(untilItWaits, { interval: 200, timeout: 1800 })
    await rival.query('UPDATE wx_user SET mobile = mobile WHERE id = ?', [user.id])
    await rival.commit()

    expect((await signingIn).kind).toBe('signed-in')
    expect(await database.sessions.listLive(user.id, NOW)).toHaveLength(1)
  }, 30_000)

  it('fail writes on a read-only server, and keep reading', async () => {
    const database = await open()
    const request = aSignIn()
    await database.signIn(request)
    // Root may write to a read-only server; a plain user may not.
    const root = await connectMysql(url)
    onTestFinished(() => root.end())
    await root.query("CREATE USER plain@'127.0.0.1' IDENTIFIED BY 'x'")
    await root.query("GRANT SELECT, INSERT, UPDATE ON *.* TO plain@'127.0.0.1'")
    const plainUrl = url.replace('root@', 'plain:x@')
    const plain = await openStores({ url: plainUrl })
    onTestFinished(() => plain.close())

    await root.query('SET GLOBAL read_only = 1')
    try {
      await expect(plain.signIn(aSignIn())).rejects.toThrow(DatabaseUnavailable)
      const name = { appId: APP_ID, openid: request.openid }
      expect(await plain.users.findByKey(name)).not.toBeNull()
    } finally {
      await root.query('SET GLOBAL read_only = 0')
    }
    expect((await plain.signIn(aSignIn())).kind).toBe('signed-in')
  }, 30_000)
})
