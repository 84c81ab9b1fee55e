import { createHash } from 'node:crypto'
import type { Block } from './blocks.ts'
import { isProfile, isSignedIn, readOf, signInOf, signInReaders } from './calls.ts'
import { measure } from './load.ts'
import type { Progress } from './progress.ts'
import { BARE, OURS, TWIN } from './servers.ts'
import type { Summary } from './statistics.ts'
import { difference, summarize } from './statistics.ts'
import type { Running, Store, World } from './world.ts'
import { openWorld } from './world.ts'

const SIZES = { few: 1_000, many: 1_000_000 }
const CONCURRENCY = 64
const WEIXIN_STUB = 'packages/bench/src/servers/weixin-stub-server.ts'
const APP_ID = 'wx0a0a0a0a0a0a0a0a'

export type PeopleResult = {
  store: Store
  what: Block['what']
  /** Processor time of the API, MariaDB and Redis for one call. */
  few: Summary
  many: Summary
  noise: number
}

type Side = { world: World; running: Running; people: number; readers: Record<string, string>[] }

/** As packages/bench/src/servers/weixin-stub-server.ts tells it. */
const openidOf = (person: number) =>
  `o${createHash('md5').update(`e2e-person${person}`).digest('hex').slice(0, 27)}`

/** The API with a thousand people beside the API with a million; a thousand sign in. */
export const measurePeople = async (
  store: Store,
  { rounds, ms, warmUpMs }: { rounds: number; ms: number; warmUpMs: number },
  progress: Progress,
): Promise<PeopleResult[]> => {
  const few = await openSide(store, SIZES.few, progress)
  const closers = [few.world]
  try {
    const many = await openSide(store, SIZES.many, progress)
    closers.push(many.world)
    const twins = [await few.world.start(BARE), await few.world.start(TWIN)]
    const results: PeopleResult[] = []
    for (const what of ['sign-in', 'read'] as const) {
      const subjects = [
        { target: few.running, ...callsOf(what, few) },
        { target: many.running, ...callsOf(what, many) },
        ...twins.map((target) => ({ target, nextCall: readOf([{}]), check: isProfile })),
      ]
      const cpu = subjects.map((): number[] => [])
      for (let round = -1; round < rounds; round += 1) {
        const order = [...subjects.entries()]
        if (round % 2 === 1) order.reverse()
        for (const [index, { target, nextCall, check }] of order) {
          progress.say(`${store}, ${what} among 10^3 and 10^6 people: round ${round + 1}`)
          const window = {
            concurrency: CONCURRENCY,
            ms: round < 0 ? warmUpMs : ms,
            nextCall,
            check,
          }
          const { cpuUs, databaseCpuUs } = await measure(target, window)
          if (round >= 0) cpu[index]?.push(cpuUs + databaseCpuUs)
        }
      }
      const [ofFew, ofMany, one, other] = cpu.map((values) => summarize(values))
      if (!ofFew || !ofMany || !one || !other) throw new Error('a side was not measured')
      const noise = difference(one.median, other.median)
      results.push({ store, what, few: ofFew, many: ofMany, noise })
    }
    return results
  } finally {
    for (const world of closers) await world.close()
  }
}

const callsOf = (what: Block['what'], { people, readers }: Side) =>
  what === 'read'
    ? { nextCall: readOf(readers), check: isProfile }
    : {
        // As many people on both sides, so that as many come back; the whole index is among them.
        nextCall: () =>
          signInOf(Math.floor(Math.random() * SIZES.few) * (people / SIZES.few), people),
        check: isSignedIn,
      }

const openSide = async (store: Store, people: number, progress: Progress): Promise<Side> => {
  progress.say(`${store}: opening a database for ${people} people`)
  const world = await openWorld(store, {
    weChat: WEIXIN_STUB,
    // All of the table in memory, as a production server would have it.
    mariaDbArgs: ['--innodb-buffer-pool-size=1G', '--innodb-log-file-size=256M'],
  })
  try {
    await world.databases.fill(people, {
      appId: APP_ID,
      openidOf,
      onCount: (count) => progress.say(`${store}: ${count} of ${people} people written`),
    })
    const running = await world.start(OURS)
    return { world, running, people, readers: await signInReaders(running.url, OURS) }
  } catch (error) {
    await world.close()
    throw error
  }
}
