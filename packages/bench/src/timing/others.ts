import { randomUUID } from 'node:crypto'
import type { Pool } from 'undici'
import { send } from '../load.ts'
import { chanceLonger, median, noiseOf } from './statistics.ts'
import { openidOf, signIn, withApi } from './with-api.ts'

type Guess = { method: 'DELETE' | 'POST'; path: string; body?: object }
type Guessed = { of: string; known: () => Guess; unknown: () => Guess }

/**
 * Guesses at what belongs to other users, beside guesses at nothing: µs of each refusal. Throws when
 * the answers differ in status or body.
 */
export const measureOthers = (rounds: number) =>
  withApi(async (pool) => {
    const { token } = await signIn(pool, 'bench-guesser')
    const targets = await guessesAtOthers(pool)
    const rows: string[] = []
    for (const { of, known, unknown } of targets) {
      const times = { known: [] as number[], unknown: [] as number[] }
      const texts = new Set<string>()
      const refuse = async (guess: Guess, into: number[]) => {
        const begin = performance.now()
        texts.add(await answerTo(pool, token, guess))
        into.push((performance.now() - begin) * 1_000)
      }
      for (let round = 0; round < rounds; round += 1) {
        const turns = [() => refuse(known(), times.known), () => refuse(unknown(), times.unknown)]
        for (const turn of Math.random() < 0.5 ? turns : turns.reverse()) await turn()
      }
      if (texts.size > 1) throw new Error(`answers differ: ${[...texts].join(' / ')}`)
      const chance = chanceLonger(times.known, times.unknown).toFixed(3)
      const medians = [median(times.unknown), median(times.known)].map((us) => us.toFixed(1))
      rows.push(`| ${[of, ...medians, chance].join(' | ')} |`)
    }
    return { rows, noise: noiseOf(rounds) }
  })

const guessesAtOthers = async (pool: Pool): Promise<Guessed[]> => {
  const victim = await signIn(pool, 'bench-victim')
  const headers = { 'x-oa-token': victim.token }
  const info = await send(pool, { method: 'GET', path: '/wx/auth/info', headers })
  const { session } = info as { session: { id: string } }
  const inBody = (name: string, value: string): Guess => ({
    method: 'POST',
    path: '/wx/auth/bind_phone',
    body: { code: 'a-code', [name]: value },
  })
  const ofSession = (id: string): Guess => ({ method: 'DELETE', path: `/wx/auth/sessions/${id}` })
  let guesses = 0
  const nobody = () => {
    guesses += 1
    return `nobody-${guesses}`
  }
  return [
    {
      of: 'the id of a session',
      known: () => ofSession(session.id),
      unknown: () => ofSession(randomUUID()),
    },
    {
      of: 'an openid in the body',
      known: () => inBody('openid', openidOf('bench-victim')),
      unknown: () => inBody('openid', openidOf(nobody())),
    },
  ]
}

const answerTo = async (pool: Pool, token: string, { method, path, body }: Guess) => {
  const answer = await pool.request({
    method,
    path,
    headers: { 'x-oa-token': token, ...(body && { 'content-type': 'application/json' }) },
    body: body === undefined ? null : JSON.stringify(body),
  })
  return `${answer.statusCode} ${await answer.body.text()}`
}
