import { expect, it } from 'vitest'
import { createLocalRevocationFeed } from '../infra/shared-state/memory-revocation-feed.ts'
import type { RevocationFeed } from '../infra/shared-state/revocation-feed.ts'
import { createLiveSessions } from './leases.ts'
import type { KnownSession, SessionCache } from './session-cache.ts'

const ID = '01938a5e-7c1d-7000-8000-000000000001'

/** A feed that tests stop, start and speak through, as Redis would. */
const createTestFeed = () => {
  const local = createLocalRevocationFeed()
  let alive = true
  const lapses: (() => void)[] = []
  const feed: RevocationFeed = {
    ...local,
    shared: true,
    isAlive: () => alive,
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

const knownSession = (endedAt: Date | null = null): KnownSession => {
  const at = new Date()
  return {
    session: {
      ...{ id: ID, userId: 1, deviceId: null, deviceName: '', ip: '', userAgent: '', endedAt },
      ...{ createdAt: at, lastSeenAt: at, idleExpiresAt: at, absoluteExpiresAt: at },
      endedReason: null,
    },
    user: {
      ...{ id: 1, publicId: ID, appId: 'wx', openid: 'o', unionid: null, nickName: 'n' },
      ...{
        avatarUrl: '',
        gender: 0,
        status: 0,
        statusReason: null,
        addTime: at,
        lastLoginTime: at,
      },
    },
  }
}

const setUp = (cached: KnownSession | null = null) => {
  const store = { reads: 0, known: knownSession() as KnownSession | null, wait: Promise.resolve() }
  const test = createTestFeed()
  const puts: KnownSession[] = []
  const cache: SessionCache = {
    get: async () => (cached === null ? null : { known: cached, freshForMs: 60_000 }),
    put: async (known) => void puts.push(known),
    forget: async () => {},
  }
  const find = async () => {
    store.reads += 1
    const { known } = store
    await store.wait
    return known
  }
  const live = createLiveSessions({ sessions: { find }, cache, feed: test.feed })
  return { ...test, live, store, puts }
}

it('asks the database once for a session that is used again and again', async () => {
  const { live, store } = setUp()
  await Promise.all([live.find(ID), live.find(ID)])
  await live.find(ID)

  expect(store.reads).toBe(1)
})

it('asks again after the feed said that the session ended', async () => {
  const { live, store, feed } = setUp()
  await live.find(ID)
  store.known = knownSession(new Date())
  await feed.publish([ID])

  expect((await live.find(ID))?.session.endedAt).not.toBeNull()
})

it('does not lease what it read before the session ended', async () => {
  const { live, store, feed } = setUp()
  let go = () => {}
  store.wait = new Promise((resolve) => {
    go = resolve
  })
  const early = live.find(ID)
  await expect.poll(() => store.reads, { timeout: 10_000 }).toBe(1)
  store.known = knownSession(new Date())
  await feed.publish([ID])
  const late = live.find(ID)
  go()

  expect((await early)?.session.endedAt).toBeNull()
  expect((await late)?.session.endedAt).not.toBeNull()
  expect((await live.find(ID))?.session.endedAt).not.toBeNull()
})

it('trusts no lease while the feed is silent, but for a second', async () => {
  const { live, store, stop } = setUp()
  await live.find(ID)
  stop()
  await live.find(ID)
  expect(store.reads).toBe(2)
  await live.find(ID)
  expect(store.reads).toBe(2)

  await expect
    .poll(
      async () => {
        await live.find(ID)
        return store.reads
      },
      { timeout: 10_000 },
    )
    .toBe(3)
})

it('forgets everything when the feed comes back, and asks the database rather than the cache', async () => {
  const { live, store, stop, resume } = setUp(knownSession())
  await live.find(ID)
  stop()
  store.known = knownSession(new Date())
  resume()

  expect((await live.find(ID))?.session.endedAt).not.toBeNull()
  expect(store.reads).toBe(2)
})

it('shares what it read only when it is alive', async () => {
  const { live, store, puts, feed } = setUp()
  await live.find(ID)
  expect(puts).toHaveLength(1)

  store.known = knownSession(new Date())
  await feed.publish([ID])
  await live.find(ID)
  expect(puts).toHaveLength(1)
})

it('hands a failure of the database on, and asks again next time', async () => {
  const { live, store } = setUp()
  store.wait = Promise.reject(new Error('away'))
  await expect(live.find(ID)).rejects.toThrow('away')
  store.wait = Promise.resolve()

  expect(await live.find(ID)).not.toBeNull()
})
