import type { TestEngine } from '../database/engines.ts'
import { queryRows } from '../database/query.ts'
import { startApiProcess } from './start-api-process.ts'
import type { TestApi } from './start-test-api.ts'
import { startTestApi } from './start-test-api.ts'

/** As many requests as are under way together in a race. */
export const AT_ONCE = 64

export type Pair = Awaited<ReturnType<typeof startPair>>

/** An API in this process and one in a process of its own, on one database of that engine. */
export const startPair = async (engine: Pick<TestEngine, 'create'>) => {
  const { url } = await engine.create()
  const one = await startTestApi({ env: url === undefined ? {} : { DATABASE_URL: url } })
  const two = await startApiProcess(one.env)

  return {
    one,
    two,
    /** Every other caller reaches the other process. */
    at: (index: number) => (index % 2 === 0 ? one : two),
    async close() {
      two.kill('SIGTERM')
      await two.finished
      await one.close()
    },
  }
}

/** Works on all of them, so many at once; resolves to what became of each, in their order. */
export const inTurns = async <T, U>(
  all: readonly T[],
  work: (one: T, index: number) => Promise<U>,
  atOnce = AT_ONCE,
): Promise<U[]> => {
  const done: U[] = []
  const workers = Array.from({ length: atOnce }, async (_, worker) => {
    for (let at = worker; at < all.length; at += atOnce) {
      done[at] = await work(all[at] as T, at)
    }
  })
  await Promise.all(workers)
  return done
}

/**
 * Signs so many people in and makes them members by the rows that joining would write, since joining is not
 * what a race is about. Resolves to their tokens.
 */
export const enlist = async (api: TestApi, orgId: string, count: number): Promise<string[]> => {
  const names = Array.from({ length: count }, (_, index) => `member-${orgId}-${index}`)
  const tokens = await inTurns(names, async (name) => (await api.signIn(name)).token, 8)
  await queryRows(
    api.config.database,
    `INSERT INTO org_member (public_id, org_id, user_id, status, role, name)
      SELECT u.public_id, o.id, u.id, 2, 0, '成员' FROM wx_user u JOIN org o ON o.public_id = '${orgId}'
      WHERE NOT EXISTS (SELECT 1 FROM org_member m WHERE m.user_id = u.id)`,
  )
  return tokens
}
