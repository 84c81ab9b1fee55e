import { randomUUID } from 'node:crypto'
import { Pool } from 'undici'
import { signInOf } from '../calls.ts'
import type { Call } from '../load.ts'
import { send } from '../load.ts'
import type { Progress } from '../progress.ts'
import { OURS } from '../servers.ts'
import type { Timed } from '../timed.ts'
import { dataOf, timed } from '../timed.ts'
import type { Running, Store } from '../world.ts'
import { openWorld } from '../world.ts'
import type { Size } from './rows.ts'
import { fillCompany, idOf } from './rows.ts'

const WEIXIN_STUB = 'packages/bench/src/servers/weixin-stub-server.ts'
const APP_ID = 'wx0a0a0a0a0a0a0a0a'
const SLOT_MS = 300_000
const SIGN_INS_AT_ONCE = 8

export type Company = Awaited<ReturnType<typeof openCompany>>

/** In so many minutes, on five. */
export const inMinutes = (minutes: number): string =>
  new Date(Math.ceil((Date.now() + minutes * 60_000) / SLOT_MS) * SLOT_MS).toISOString()

/** The public id of the company's nth member, the first of whom owns it. */
export const memberOf = (number: number) => idOf('b', number)

/** The API with a company of that size in its database; its opener closes it. */
export const openCompany = async (
  store: Store,
  size: Size,
  openidOf: (person: number) => string,
  progress: Progress,
) => {
  const name = `${store}, ${size.meetings} meetings`
  progress.say(`${name}: opening`)
  const world = await openWorld(store, {
    weChat: WEIXIN_STUB,
    // As a production server would have it.
    mariaDbArgs: ['--innodb-buffer-pool-size=2G', '--innodb-log-file-size=512M'],
  })
  try {
    const say = (what: string) => (count: number) =>
      progress.say(`${name}: ${count} ${what} written`)
    await world.databases.fill(size.members, { appId: APP_ID, openidOf, onCount: say('people') })
    await fillCompany(world.databases.ours, size, say('meetings'))
    const running: Running = await world.start(OURS)
    const pool = new Pool(running.url, { connections: 128 })
    const tokens: string[] = []
    const call = (member: number, call: Call): Call => ({
      ...call,
      headers: { 'x-oa-token': tokens[member - 1] ?? '' },
    })
    const keep = (member: number, answer: unknown) => {
      tokens[member - 1] = (answer as { token: string }).token
    }

    return {
      size,
      env: world.databases.ours,
      /** Processor time so far, of the API with its database and Redis. */
      cpuUs: () => running.cpuUs() + running.databaseCpuUs(),
      /** Signs the first so many members in. */
      async signIn(count: number) {
        while (tokens.length < count) {
          const from = tokens.length
          const next = Array.from({ length: Math.min(SIGN_INS_AT_ONCE, count - from) }, (_, at) =>
            send(pool, signInOf(from + at, size.members)),
          )
          for (const [at, data] of (await Promise.all(next)).entries()) keep(from + at + 1, data)
          progress.say(`${name}: ${tokens.length} of ${count} members signed in`)
        }
      },
      /** On the same device, so that the session before ends. */
      async signInAgain(member: number): Promise<Timed> {
        const answer = await timed(pool, signInOf(member - 1, size.members))
        if (answer.errno === 0) keep(member, answer.data)
        return answer
      },
      /** By nobody: with a token that no session has. */
      getAsEnded: (path: string): Promise<Timed> =>
        timed(pool, { method: 'GET', path, headers: { 'x-oa-token': 'ended' } }),
      get: (member: number, path: string): Promise<Timed> =>
        timed(pool, call(member, { method: 'GET', path })),
      post: (member: number, path: string, body: object = {}): Promise<Timed> =>
        timed(pool, call(member, { method: 'POST', path, body })),
      /** A draft of the owner's. */
      async draft(fields: object): Promise<{ id: string; version: number }> {
        const body = { requestId: randomUUID(), title: '全员大会', ...fields }
        const made = await timed(pool, call(1, { method: 'POST', path: '/wx/meeting', body }))
        return dataOf(made, 'no meeting')
      },
      async close() {
        await pool.destroy()
        await world.close()
      },
    }
  } catch (error) {
    await world.close()
    throw error
  }
}
