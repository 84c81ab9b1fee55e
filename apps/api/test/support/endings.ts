import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import type { TwoProcesses } from './two-processes.ts'

/** What is promised to users: an ended session is refused on every node within this time. */
export const PROMISE_MS = 1_000
/** The errnos of a session that is over, and of an account that is. */
export const ENDED = [501, 704, 714]

/** Asks both processes about sessions; `world` is only there once it has started. */
export const watchEndings = (world: () => TwoProcesses) => {
  const errnos = async (tokens: readonly string[]) => {
    const nodes = [world().one, world().two]
    const answers = await Promise.all(
      nodes.flatMap((node) => tokens.map((token) => node.info(token))),
    )
    return answers.map(({ errno }) => errno)
  }
  /** Fails unless both nodes refuse all tokens from `PROMISE_MS` after `answeredAt` on. */
  const expectRefusedInTime = async (tokens: readonly string[], answeredAt: number) => {
    await sleep(Math.max(0, answeredAt + PROMISE_MS - performance.now()))
    for (const errno of await errnos(tokens)) expect(ENDED).toContain(errno)
  }
  const redisIs = (state: string) =>
    expect
      .poll(
        async () => {
          const answers = await Promise.all(
            [world().one, world().two].map((node) => node.call('/readyz')),
          )
          return answers.every(({ text }) => text.includes(`"redis":"${state}"`))
        },
        { timeout: 15_000 },
      )
      .toBe(true)
  return { errnos, expectRefusedInTime, redisIs }
}
