import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Stores } from '../src/core.ts'
import { openStores } from '../src/core.ts'
import { createBackground } from '../src/infra/background.ts'
import { migrateDatabase } from '../src/infra/database/migrations/migrate-database.ts'
import { createSessionSweep } from '../src/sessions/sweep.ts'
import { aSignIn, later } from './database/fixtures.ts'
import { eventually } from './support/eventually.ts'

const DAY_MS = 86_400_000

describe('expired sessions', () => {
  let folder: string
  let database: Stores
  const background = createBackground(pino({ level: 'silent' }))
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'oa-sweep-'))
    const options = { file: join(folder, 'oa.db') }
    await migrateDatabase(options)
    database = await openStores(options)
  })
  afterAll(async () => {
    await database.close()
    await rm(folder, { recursive: true, force: true })
  })

  const sessionFrom = async (createdAt: Date) => {
    const request = aSignIn({ session: { createdAt } })
    await database.signIn(request)
    return request.session.id
  }

  it('are removed after the retention time, and no others', async () => {
    // A session expires after seven idle days.
    const old = await sessionFrom(later(-38 * DAY_MS, new Date()))
    const recent = await sessionFrom(later(-36 * DAY_MS, new Date()))
    const live = await sessionFrom(new Date())
    const store = database.sessions
    const sweep = createSessionSweep({ store, background, keepMs: 30 * DAY_MS })

    expect([await sweep.run(), await sweep.run()]).toEqual([1, 0])
    const found = await Promise.all([old, recent, live].map((id) => store.find(id)))
    expect(found.map((one) => one !== null)).toEqual([false, true, true])
  })

  it('are swept periodically, even after a failure, until the sweep stops', async () => {
    const removeExpired = vi.fn(async () => 0).mockRejectedValueOnce(new Error('away'))
    const sweep = createSessionSweep({
      store: { removeExpired },
      background,
      keepMs: DAY_MS,
      everyMs: 10,
    })
    sweep.start()
    await eventually(() => removeExpired.mock.calls.length).toBeGreaterThan(2)

    sweep.stop()
    await background.settle()
    const calls = removeExpired.mock.calls.length
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(removeExpired.mock.calls.length).toBe(calls)
  })
})
