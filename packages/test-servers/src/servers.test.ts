import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Redis as RedisClient } from 'ioredis'
import { createConnection } from 'mariadb'
import { expect, it, onTestFinished, vi } from 'vitest'
import { availability } from './availability.ts'
import { startMariaDb } from './mariadb.ts'
import { startRedis } from './redis.ts'
import { describeWithServers } from './vitest.ts'

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** A separate program that only what it starts keeps alive. */
const runProgram = (body: string) => {
  const index = new URL('./index.ts', import.meta.url).href
  const script = `import { startRedis } from '${index}'\n${body}`
  return spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

const select = async (url: string, statement: string) => {
  const { port, pathname } = new URL(url)
  const connection = await createConnection({
    host: '127.0.0.1',
    port: Number(port),
    user: 'root',
    database: pathname.slice(1),
  })
  try {
    return (await connection.query(statement)) as unknown
  } finally {
    await connection.end()
  }
}

it('names the missing servers and the packages that bring them', () => {
  vi.stubEnv('PATH', '/nowhere')

  expect(availability(['redis'])).toEqual({
    missing: ['redis'],
    install: 'apt-get install -y --no-install-recommends redis-server',
  })
})

describeWithServers(['mariadb'], 'MariaDB', () => {
  it('keeps its data over kill -9 and restart, and leaves nothing when stopped', async () => {
    const server = await startMariaDb()
    onTestFinished(() => server.stop())
    const url = await server.createDatabase()
    await select(url, "CREATE TABLE t (name VARCHAR(20)) ENGINE = InnoDB AS SELECT '😀' AS name")
    const killed = server.pid

    await server.kill('SIGKILL')
    expect(isAlive(killed)).toBe(false)
    await server.restart()
    expect(server.pid).not.toBe(killed)
    expect(await select(url, 'SELECT name FROM t')).toMatchObject([{ name: '😀' }])

    const { pid, folder } = server
    await server.stop()
    expect(isAlive(pid)).toBe(false)
    expect(existsSync(folder)).toBe(false)
  })
})

describeWithServers(['redis'], 'Redis', () => {
  it('answers, hangs on SIGSTOP, goes on with SIGCONT and forgets all at a restart', async () => {
    const server = await startRedis()
    onTestFinished(() => server.stop())
    const client = new RedisClient(server.url, { commandTimeout: 1_000, retryStrategy: () => 20 })
    client.on('error', () => {})
    onTestFinished(() => client.disconnect())

    await client.set('key', 'value')
    await server.kill('SIGSTOP')
    expect(spawnSync('ps', ['-o', 'stat=', '-p', `${server.pid}`]).stdout.toString()).toMatch(/^T/)
    await expect(client.get('key')).rejects.toThrow()
    await server.kill('SIGCONT')
    await vi.waitFor(async () => expect(await client.get('key')).toBe('value'))

    await server.restart()
    await vi.waitFor(async () => expect(await client.get('key')).toBeNull())
  })

  it('is waited for when it is stopped, also where nothing else is left to do', async () => {
    const program = runProgram('await (await startRedis()).stop()')
    const [code] = (await once(program, 'exit')) as [number]
    expect(code).toBe(0)
  })

  it('goes, with its folder, when the process that started it is killed', async () => {
    const parent = runProgram(`
      const { pid, folder } = await startRedis()
      console.log(JSON.stringify({ pid, folder }))
      setInterval(() => {}, 1000)`)
    const [output] = (await once(parent.stdout, 'data')) as [Buffer]
    const { pid, folder } = JSON.parse(output.toString()) as { pid: number; folder: string }
    expect(isAlive(pid)).toBe(true)

    parent.kill('SIGKILL')

    await vi.waitFor(() => expect([isAlive(pid), existsSync(folder)]).toEqual([false, false]), {
      timeout: 10_000,
    })
  })
})
