import { expect, it } from 'vitest'
import { createLocalRevocationFeed } from '../infra/shared-state/memory-revocation-feed.ts'
import type { RevocationFeed } from '../infra/shared-state/revocation-feed.ts'
import { createSessionLeases } from './leases.ts'
import type { SessionWithUser } from './session.ts'
import type { SessionCache } from './session-cache.ts'
import { aSessionWithUser } from './test-fixtures.ts'

const ID = '01938a5e-7c1d-7000-8000-000000000001'
/** The fixture's user has the same id as its session. */
const SUBJECT = { sid: ID, sub: ID }

/** A feed that tests stop, start and speak through, as Redis would. */
const createTestFeed = () => {
  const local = createLocalRevocationFeed()
  let alive = true
  const lapses: (() => void)[] = []
  const feed: RevocationFeed = {
    ...local,
    shared: true,
    isAlive: () => alive,
    isConnected: () => alive,
    subscribe(listener) {
      lapses.push(listener.onLapse)
      local.subscribe(listener)
    },
  }
  return {
    feed,
    stop: () => {
      alive = false
    },
    resume: () => {
      for (const onLapse of lapses) onLapse()
      alive = true
    },
  }
}

const leasedSession = (endedAt: Date | null = null) => aSessionWithUser({ id: ID, endedAt })

const setUp = (cached: SessionWithUser | null = null) => {
  const store = {
    reads: 0,
    known: leasedSession() as SessionWithUser | null,
    wait: Promise.resolve(),
  }
  const test = createTestFeed()
  const puts: SessionWithUser[] = []
  const cache: SessionCache = {
    get: async () => (cached === null ? null : { found: cached, freshForMs: 60_000 }),
    put: async (found) => void puts.push(found),
  }
  const find = async () => {
    store.reads += 1
    const { known } = store
    await store.wait
    return known
  }
  const leases = createSessionLeases({ sessions: { find }, cache, feed: test.feed })
  return { ...test, leases, store, puts }
}

type SetUp = ReturnType<typeof setUp>

/** Asks for the session until the store has been read so often. */
const readsBecome = (reads: number, leases: SetUp['leases'], store: SetUp['store']) =>
  expect
    .poll(
      async () => {
        await leases.find(SUBJECT)
        return store.reads
      },
      { timeout: 10_000 },
    )
    .toBe(reads)

it('asks the database once for a session that is used again and again', async () => {
  const { leases, store } = setUp()
  await Promise.all([leases.find(SUBJECT), leases.find(SUBJECT)])
  await leases.find(SUBJECT)

  expect(store.reads).toBe(1)
})

it('asks again after the feed said that the session ended', async () => {
  const { leases, store, feed } = setUp()
  await leases.find(SUBJECT)
  store.known = leasedSession(new Date())
  await feed.publish({ keys: [ID], settled: true })

  expect((await leases.find(SUBJECT))?.session.endedAt).not.toBeNull()
})

it('does not lease what it read before the session ended', async () => {
  const { leases, store, feed } = setUp()
  let go = () => {}
  store.wait = new Promise((resolve) => {
    go = resolve
  })
  const early = leases.find(SUBJECT)
  await expect.poll(() => store.reads, { timeout: 10_000 }).toBe(1)
  store.known = leasedSession(new Date())
  await feed.publish({ keys: [ID], settled: true })
  const late = leases.find(SUBJECT)
  go()

  expect((await early)?.session.endedAt).toBeNull()
  expect((await late)?.session.endedAt).not.toBeNull()
  expect((await leases.find(SUBJECT))?.session.endedAt).not.toBeNull()
})

it('trusts no lease while the feed is silent, but for a second', async () => {
  const { leases, store, stop } = setUp()
  await leases.find(SUBJECT)
  stop()
  await leases.find(SUBJECT)
  expect(store.reads).toBe(2)
  await leases.find(SUBJECT)
  expect(store.reads).toBe(2)

  await readsBecome(3, leases, store)
})

it('forgets everything when the feed comes back, and asks the database rather than the cache', async () => {
  const { leases, store, stop, resume } = setUp(leasedSession())
  await leases.find(SUBJECT)
  stop()
  store.known = leasedSession(new Date())
  resume()

  expect((await leases.find(SUBJECT))?.session.endedAt).not.toBeNull()
  expect(store.reads).toBe(2)
})

it('shares what it read only when it is alive', async () => {
  const { leases, store, puts, feed } = setUp()
  await leases.find(SUBJECT)
  expect(puts).toHaveLength(1)

  store.known = leasedSession(new Date())
  await feed.publish({ keys: [ID], settled: true })
  await leases.find(SUBJECT)
  expect(puts).toHaveLength(1)
})

it('hands a failure of the database on, and asks again next time', async () => {
  const { leases, store } = setUp()
  store.wait = Promise.reject(new Error('away'))
  await expect(leases.find(SUBJECT)).rejects.toThrow('away')
  store.wait = Promise.resolve()

  expect(await leases.find(SUBJECT)).not.toBeNull()
})

it('leases sessions for a second alone while it is not known whether they ended', async () => {
  const { leases, store, feed } = setUp()
  await feed.publish({ keys: [ID], settled: false })
  await leases.find(SUBJECT)
  await leases.find(SUBJECT)
  expect(store.reads).toBe(1)
  await readsBecome(2, leases, store)
})

it('hears of an ending by openid too, where the user was not known', async () => {
  const { leases, store, feed } = setUp()
  await leases.find(SUBJECT)
  store.known = leasedSession(new Date())
  await feed.publish({ keys: ['o'], settled: false })

  expect((await leases.find(SUBJECT))?.session.endedAt).not.toBeNull()
})

it('does not ask the cache about a user whose sessions ended', async () => {
  const { leases, store, feed } = setUp(leasedSession())
  store.known = leasedSession(new Date())
  await feed.publish({ keys: [ID], settled: true })

  expect((await leases.find(SUBJECT))?.session.endedAt).not.toBeNull()
})
