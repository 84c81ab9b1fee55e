import type { Pool } from 'undici'
import { createAttempt } from './attempts.ts'
import type { Kind, Times } from './measure.ts'
import { measureRounds, wayOf } from './measure.ts'
import { APP_ID, signIn, withApi } from './with-api.ts'

/** What one user may send in an hour. */
const ATTEMPTS_EACH = 10

/** Refusals by POST /wx/auth/bind_phone of a real API, one after the other, on SQLite. */
export const measureOverHttp = (rounds: number): Promise<Times> =>
  withApi((pool, key) => measureRounds(rounds, createRefuse(pool, key)))

const createRefuse = (pool: Pool, key: Buffer) => {
  let person = 0
  let left = 0
  let token = ''
  const texts = new Set<string>()
  return async (kind: Kind) => {
    if (left === 0) {
      person += 1
      token = (await signIn(pool, `bench-person-${person}`)).token
      left = ATTEMPTS_EACH
    }
    left -= 1
    const body = JSON.stringify(createAttempt(wayOf(kind), key, APP_ID))
    const headers = { 'content-type': 'application/json', 'x-oa-token': token }
    const begin = performance.now()
    const answer = await pool.request({
      method: 'POST',
      path: '/wx/auth/bind_phone',
      body,
      headers,
    })
    const text = await answer.body.text()
    const us = (performance.now() - begin) * 1_000
    texts.add(`${answer.statusCode} ${text}`)
    if (texts.size > 1) throw new Error(`answers differ: ${[...texts].join(' / ')}`)
    return us
  }
}
