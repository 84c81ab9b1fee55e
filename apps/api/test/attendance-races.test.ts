import { afterAll, beforeAll, expect, it } from 'vitest'
import { createCheckInCodes } from '../src/attendance/code.ts'
import { describeOnEachEngine } from './database/engines.ts'
import { queryRows } from './database/query.ts'
import { inHours, meetingCalls, meetingTools } from './support/meetings.ts'
import type { Pair } from './support/pair.ts'
import { AT_ONCE, enlist, inTurns, startPair } from './support/pair.ts'

/** Each of them checks in three times. */
const PEOPLE = Number(process.env.CHECK_INS ?? 200)

describeOnEachEngine('Check-in, with two processes on one database,', (engine) => {
  let pair: Pair
  let tools: ReturnType<typeof meetingTools>
  beforeAll(async () => {
    pair = await startPair(engine)
    tools = meetingTools(pair.one)
  }, 60_000)
  afterAll(() => pair.close())

  const callsOf = (index: number) => meetingCalls(pair.at(index))
  /** A meeting of so many people, who have signed in. */
  const gather = async (count: number) => {
    const { owner, orgId } = await tools.newTeam()
    const tokens = await enlist(pair.one, orgId, count)
    const members = await queryRows(
      pair.one.config.database,
      `SELECT public_id AS id FROM org_member WHERE name = '成员'
        AND org_id = (SELECT id FROM org WHERE public_id = '${orgId}')`,
    )
    const id = await tools.announce(owner, {
      startsAt: inHours(0.2),
      endsAt: inHours(2),
      participantIds: members.map((member) => String(member.id)),
    })
    expect((await tools.act(owner, id, 'start')).errno).toBe(0)
    return { owner, id, tokens }
  }

  it(`gives each of ${PEOPLE} people who scan three times one time, whichever process they reach`, async () => {
    const { owner, id, tokens } = await gather(PEOPLE)
    // As a screen shows it, however long this server makes the others wait.
    const codes = createCheckInCodes(pair.one.config.sessionKeys)
    const casts = tokens.flatMap((token) => [token, token, token])
    let random = 11
    const order = casts
      .map((token) => {
        random = (random * 48_271) % 2_147_483_647
        return { token, at: random }
      })
      .sort((before, after) => before.at - after.at)

    const started = performance.now()
    const answers = await inTurns(order, async ({ token }, index) => {
      const sent = performance.now()
      const answer = await callsOf(index).checkIn(token, codes.draw(id, Date.now()))
      return { token, answer, ms: performance.now() - sent }
    })

    const times = new Map<string, Set<string>>()
    for (const { token, answer } of answers) {
      expect(answer).toMatchObject({ errno: 0 })
      times.set(token, (times.get(token) ?? new Set()).add(answer.data.checkedInAt))
    }
    expect(times.size).toBe(PEOPLE)
    expect([...times.values()].filter(({ size }) => size !== 1)).toEqual([])
    expect((await tools.read(owner, id)).data.counts.present).toBe(PEOPLE)
    report(answers, performance.now() - started)
  }, 300_000)

  it('loses nothing that it acknowledged while the host ends the meeting, and moves wait their turn', async () => {
    const { owner, id, tokens } = await gather(AT_ONCE)
    const code = (await tools.showCode(owner, id)).data.codes[0]?.text ?? ''
    const { version } = (await tools.read(owner, id)).data
    let ended = Number.POSITIVE_INFINITY
    let done = 0

    const answers = await Promise.all(
      tokens.map(async (token, index) => {
        if (index % 4 === 3) await untilSome(() => done > 3)
        const sent = performance.now()
        const { errno } = await callsOf(index).checkIn(token, code)
        done += 1
        if (done === 8) {
          expect((await tools.act(owner, id, 'end', { version })).errno).toBe(0)
          ended = performance.now()
        }
        return { errno, sent }
      }),
    )

    expect(answers.filter(({ errno }) => errno !== 0 && errno !== 729)).toEqual([])
    expect(answers.filter(({ errno, sent }) => errno === 0 && sent > ended)).toEqual([])
    const { counts } = (await tools.read(owner, id)).data
    expect(counts.present).toBe(answers.filter(({ errno }) => errno === 0).length)
    expect(counts.present).toBeGreaterThan(0)
  }, 120_000)
})

const untilSome = async (check: () => boolean) => {
  while (!check()) await new Promise((resolve) => setTimeout(resolve, 5))
}

/** For who measures by hand, with CHECK_INS=1000. */
const report = (answers: readonly { ms: number }[], tookMs: number) => {
  if (process.env.CHECK_INS === undefined) return
  const sorted = answers.map(({ ms }) => ms).sort((before, after) => before - after)
  const p99 = sorted[Math.floor(sorted.length * 0.99)] ?? 0
  process.stderr.write(
    `${sorted.length} check-ins in ${Math.round(tookMs)} ms, p99 ${Math.round(p99)} ms\n`,
  )
}
