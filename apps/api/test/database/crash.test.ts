import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { expect, it } from 'vitest'
import { openStores } from '../../src/core.ts'
import { migrateDatabase } from '../../src/infra/database/migrations/migrate-database.ts'
import type { DatabaseOptions } from '../../src/infra/database/open-database.ts'
import { bundleOf } from '../support/start-api-process.ts'
import { describeOnEachEngine } from './engines.ts'
import { queryRows } from './query.ts'

const ROUNDS = 10

/** Runs a script of this folder, and sends it SIGKILL once it has printed this many lines. */
const killAfter = async (script: string, options: DatabaseOptions, lines: number) => {
  const child = spawn(process.execPath, [bundleOf(script), JSON.stringify(options)], {
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
  // On MySQL the server writes: see faults.test.ts.
  if (engine.kind === 'sqlite') {
    it('loses no acknowledged sign-in, even when it is killed again and again', async () => {
      const options = await engine.create()
      await migrateDatabase(options)
      const acknowledged: string[] = []
      for (let round = 0; round < ROUNDS; round += 1) {
        acknowledged.push(...(await killAfter('sign-in-forever.ts', options, 5 + round * 3)))
      }

      const database = await openStores(options)
      const found = await Promise.all(acknowledged.map((id) => database.sessions.find(id)))
      await database.close()
      expect(acknowledged.length).toBeGreaterThan(ROUNDS * 5)
      expect(found.filter((session) => session === null)).toEqual([])

      const halves = `SELECT u.id FROM wx_user u LEFT JOIN wx_session s ON s.user_id = u.id
        LEFT JOIN login_event e ON e.session_id = s.id WHERE e.id IS NULL`
      expect(await queryRows(options, halves)).toEqual([])
      expect(await queryRows(options, 'PRAGMA integrity_check')).toEqual([
        { integrity_check: 'ok' },
      ])
    }, 120_000)
  }

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
  }, 120_000)
})
