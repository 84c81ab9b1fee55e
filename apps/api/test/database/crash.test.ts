import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { expect, it } from 'vitest'
import { openStores } from '../../src/core.ts'
import { migrateDatabase } from '../../src/infra/database/migrations/migrate-database.ts'
import type { DatabaseOptions } from '../../src/infra/database/open-database.ts'
import { argsFor } from '../support/start-api-process.ts'
import { describeOnEachEngine } from './engines.ts'
import { queryRows } from './query.ts'

/** The long form kills it a hundred times. */
const ROUNDS = process.env.CRASH_ROUNDS === undefined ? null : Number(process.env.CRASH_ROUNDS)
/** SQLite is written by the process that dies, MariaDB only loses its client. */
const SHORT = { sqlite: 10, mysql: 3 }

/** Runs a script of this folder, and sends it SIGKILL once it has printed this many lines. */
const killAfter = async (script: string, options: DatabaseOptions, lines: number) => {
  const child = spawn(process.execPath, argsFor(script, JSON.stringify(options)), {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const printed: string[] = []
  const output = createInterface(child.stdout)
  output.on('line', (line) => {
    printed.push(line)
    if (printed.length === lines) child.kill('SIGKILL')
  })
  await Promise.all([once(child, 'exit'), once(output, 'close')])
  return printed
}

describeOnEachEngine('A killed process', (engine) => {
  it('loses no acknowledged sign-in, even when it is killed again and again', async () => {
    const options = await engine.create()
    await migrateDatabase(options)
    const acknowledged: string[] = []
    const rounds = ROUNDS ?? SHORT[engine.kind]
    for (let round = 0; round < rounds; round += 1) {
      acknowledged.push(...(await killAfter('sign-in-forever.ts', options, 5 + (round % 10) * 3)))
    }

    const database = await openStores(options)
    const found = await Promise.all(acknowledged.map((id) => database.sessions.find(id)))
    await database.close()
    expect(acknowledged.length).toBeGreaterThan(rounds * 5)
    expect(found.filter((session) => session === null)).toEqual([])

    const halves = `SELECT u.id FROM wx_user u LEFT JOIN wx_session s ON s.user_id = u.id
      LEFT JOIN login_event e ON e.session_id = s.id WHERE e.id IS NULL`
    expect(await queryRows(options, halves)).toEqual([])
    if (engine.kind === 'sqlite') {
      const checked = await queryRows(options, 'PRAGMA integrity_check')
      expect(checked).toEqual([{ integrity_check: 'ok' }])
    }
  })

  it('leaves a migration that the next run finishes', async () => {
    const options = await engine.create()
    for (const lines of [1, 1, 1]) await killAfter('migrate-many-tables.ts', options, lines)

    const printed = await killAfter('migrate-many-tables.ts', options, Number.POSITIVE_INFINITY)
    expect(printed).toEqual(['started', 'applied 1_many'])
    const [row] = await queryRows(options, 'SELECT COUNT(*) AS count FROM many_149')
    expect(Number(row?.count)).toBe(1)
    expect(
      await queryRows(
        options,
        'SELECT migration_name, applied_steps_count FROM _prisma_migrations',
      ),
    ).toEqual([{ migration_name: '1_many', applied_steps_count: 1 }])
  })
})
