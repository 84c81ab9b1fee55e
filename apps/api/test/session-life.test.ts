import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { forgeToken, readToken } from './support/forge-token.ts'
import { ownDataTools } from './support/own-data.ts'
import type { TestApi } from './support/start-test-api.ts'
import { drawKeys, startTestApi } from './support/start-test-api.ts'

const DAY_MS = 86_400_000
const JWT_KEYS = drawKeys('long')
const KEY = Buffer.from(JWT_KEYS.split(':')[1] ?? '', 'base64')
const UNLOGIN = { status: 401, errno: 501 }
const SERVED = { status: 200, errno: 0 }

/** Tokens of ours end with their session, so that they would refuse in its place. */
describe('a session whose token is valid for a year', () => {
  let api: TestApi
  beforeAll(async () => {
    api = await startTestApi({ env: { JWT_KEYS } })
  })
  afterEach(() => {
    vi.useRealTimers()
  })
  afterAll(() => api.close())

  const signIn = async (person: string) => {
    const { header, payload } = readToken((await api.signIn(person)).token)
    const exp = Number(payload.iat) + 365 * 86_400
    const token = forgeToken({ header, payload: { ...payload, exp } }, KEY)
    const [session] = ownDataTools(api).rows(
      'SELECT idle_expires_at, absolute_expires_at FROM wx_session WHERE id = ?',
      payload.sid,
    )
    return {
      token,
      id: String(payload.sid),
      idleEnd: Date.parse(String(session?.idle_expires_at)),
      absoluteEnd: Date.parse(String(session?.absolute_expires_at)),
    }
  }
  const at = (now: number) => vi.useFakeTimers({ toFake: ['Date'], now })
  /** Written past the API, before it has read the session for the first time. */
  const setEnd = (id: string, column: 'idle_expires_at' | 'absolute_expires_at', ms: number) =>
    ownDataTools(api).run(
      `UPDATE wx_session SET ${column} = ? WHERE id = ?`,
      new Date(ms).toISOString().replace('Z', '+00:00'),
      id,
    )

  it('ends after seven days without use, to the second', async () => {
    const start = Date.now()
    const unused = await signIn('unused')
    expect(Math.abs(unused.idleEnd - start - 7 * DAY_MS)).toBeLessThan(60_000)

    at(unused.idleEnd + 1_000)
    expect(await api.info(unused.token)).toMatchObject(UNLOGIN)
  })

  it('is served a second before its idle end, which that use moves seven days on', async () => {
    const used = await signIn('used')

    at(used.idleEnd - 1_000)
    expect(await api.info(used.token)).toMatchObject(SERVED)
    at(used.idleEnd + 6 * DAY_MS)
    expect(await api.info(used.token)).toMatchObject(SERVED)
    at(used.idleEnd + 14 * DAY_MS)
    expect(await api.info(used.token)).toMatchObject(UNLOGIN)
  })

  it('ends after thirty days, to the second, however often it is used', async () => {
    const { token, absoluteEnd } = await signIn('faithful')
    expect(Math.abs(absoluteEnd - Date.now() - 30 * DAY_MS)).toBeLessThan(60_000)
    for (let day = 28; day > 0; day -= 5) {
      at(absoluteEnd - day * DAY_MS)
      expect(await api.info(token)).toMatchObject(SERVED)
    }

    at(absoluteEnd - 1_000)
    expect(await api.info(token)).toMatchObject(SERVED)
    at(absoluteEnd + 1_000)
    expect(await api.info(token)).toMatchObject(UNLOGIN)
  })

  it.each(['idle_expires_at', 'absolute_expires_at'] as const)(
    'ends when %s in the database is over, and lives while it is not',
    async (column) => {
      const over = await signIn(`over-${column}`)
      const alive = await signIn(`alive-${column}`)
      setEnd(over.id, column, Date.now() - 1_000)
      setEnd(alive.id, column, Date.now() + 60_000)

      expect(await api.info(over.token)).toMatchObject(UNLOGIN)
      expect(await api.info(alive.token)).toMatchObject(SERVED)
    },
  )
})
