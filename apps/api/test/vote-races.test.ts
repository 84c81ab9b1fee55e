import type { CreateVoteRequest } from '@oa/contracts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeOnEachEngine } from './database/engines.ts'
import { queryRows } from './database/query.ts'
import { untilItHolds } from './support/eventually.ts'
import type { Pair } from './support/pair.ts'
import { enlist, inTurns, startPair } from './support/pair.ts'
import { voteCalls, voteTools } from './support/votes.ts'

/** Each of them casts in every vote. */
const PEOPLE = Number(process.env.CASTS ?? 120)
const [COUNTED, NOT_NOW, ALREADY_VOTED, NOT_AN_ELECTOR] = [0, 729, 732, 734]

type Person = { token: string; memberId: string }
type Ending = 'by hand' | 'with its meeting' | 'by time'

describeOnEachEngine('A vote, with two processes on one database,', (engine) => {
  let pair: Pair
  let tools: ReturnType<typeof voteTools>
  let owner: string
  let people: Person[]
  beforeAll(async () => {
    pair = await startPair(engine)
    tools = voteTools(pair.one)
    const company = await tools.meetings.newOrg()
    owner = company.owner.token
    people = await gather(company.orgId)
  }, 120_000)
  afterAll(() => pair.close())

  const rowsOf = (statement: string) => queryRows(pair.one.config.database, statement)
  const countOf = async (statement: string) => Number((await rowsOf(statement))[0]?.n)
  const callsOf = (index: number) => voteCalls(pair.at(index))

  /** So many members who have signed in; joining is not what this is about. */
  const gather = async (orgId: string): Promise<Person[]> => {
    const tokens = await enlist(pair.one, orgId, PEOPLE)
    return inTurns(tokens, async (token) => {
      const { memberships } = (await tools.meetings.mine(token)).data
      return { token, memberId: memberships[0]?.memberId ?? '' }
    })
  }

  const place = async (ending: Ending) => {
    if (ending === 'with its meeting') {
      const meetingId = await tools.startMeeting(
        owner,
        people.map(({ memberId }) => memberId),
      )
      return { meetingId, electorate: 'participants' } as const
    }
    return ending === 'by time'
      ? { closesAt: new Date(Date.now() + 1_500).toISOString() }
      : { electorate: 'everyone' as const }
  }
  const end = async (ending: Ending, id: string, meetingId: string | undefined) => {
    if (ending === 'by hand') return (await callsOf(1).act(owner, id, 'close')).errno
    if (meetingId === undefined) return 0
    return (await tools.meetings.act(owner, meetingId, 'end', { closeVotes: true })).errno
  }
  /** What the rows say of a vote. */
  const storedOf = async (id: string, table: 'vote_ballot' | 'vote_choice') => {
    const vote = `vote_id = (SELECT id FROM vote WHERE public_id = '${id}')`
    const caster = table === 'vote_ballot' ? 'id' : 'member_id'
    return {
      voted: await countOf(`SELECT COUNT(*) AS n FROM vote_elector WHERE ${vote} AND voted = 1`),
      ballots: await countOf(`SELECT COUNT(DISTINCT ${caster}) AS n FROM ${table} WHERE ${vote}`),
      rows: await countOf(`SELECT COUNT(*) AS n FROM ${table} WHERE ${vote}`),
    }
  }

  it.each<[Ending, Partial<CreateVoteRequest>]>([
    ['by hand', { secrecy: 'secret' }],
    ['by hand', { secrecy: 'named' }],
    ['with its meeting', { secrecy: 'secret' }],
    ['by time', { secrecy: 'named', changeable: true }],
  ])(
    'that ends %s while people cast counts what it acknowledged, no more and no less: %o',
    async (ending, kind) => {
      const where = await place(ending)
      const { id, option } = await tools.open(owner, { ...kind, ...where })
      const texts = ['赞成', '反对', '弃权']
      let done = 0
      let ended = Number.POSITIVE_INFINITY

      const started = performance.now()
      const answers = await inTurns(people, async ({ token }, index) => {
        const sent = performance.now()
        const { errno } = await callsOf(index).castFor(token, id, [option(texts[index % 3] ?? '')])
        const ms = performance.now() - sent
        done += 1
        if (done === Math.floor(PEOPLE / 2) && ending !== 'by time') {
          expect(await end(ending, id, where.meetingId)).toBe(0)
          ended = performance.now()
        }
        return { errno, sent, ms }
      })
      report(answers, performance.now() - started)

      const read = () => callsOf(1).read(owner, id)
      await untilItHolds(async () => expect((await read()).data.state).toBe('closed'))
      const acknowledged = answers.filter(({ errno }) => errno === COUNTED).length
      expect(answers.filter(({ errno }) => errno !== COUNTED && errno !== NOT_NOW)).toEqual([])
      expect(answers.filter(({ errno, sent }) => errno === COUNTED && sent > ended)).toEqual([])
      const { data } = await read()
      const tallies = data.details?.options.map(({ tally }) => tally ?? Number.NaN) ?? []
      expect(data.cast).toBe(acknowledged)
      expect(tallies.reduce((sum, tally) => sum + tally, 0)).toBe(acknowledged)
      expect(await storedOf(id, kind.secrecy === 'secret' ? 'vote_ballot' : 'vote_choice')).toEqual(
        {
          voted: acknowledged,
          ballots: acknowledged,
          rows: acknowledged,
        },
      )
      if (ending !== 'by time') expect(acknowledged).toBeGreaterThanOrEqual(PEOPLE / 2)
    },
    120_000,
  )

  it('takes one of two ballots that come at once, and lets a secret one never change', async () => {
    const { id, option } = await tools.open(owner, { secrecy: 'secret' })
    const some = people.slice(0, 32)
    const answers = await Promise.all(
      some.flatMap(({ token }) =>
        ['赞成', '反对'].map((text, index) => callsOf(index).castFor(token, id, [option(text)])),
      ),
    )
    const errnos = answers.map(({ errno }) => errno)
    expect(errnos.filter((errno) => errno === COUNTED)).toHaveLength(32)
    expect(errnos.filter((errno) => errno === ALREADY_VOTED)).toHaveLength(32)
    expect(await storedOf(id, 'vote_ballot')).toEqual({ voted: 32, ballots: 32, rows: 32 })
    await tools.act(owner, id, 'cancel', { reason: '只是测试' })
  })

  it('keeps of ballots that may be replaced one of each person, the last acknowledged', async () => {
    const { id, option } = await tools.open(owner, {
      kind: 'choice',
      secrecy: 'named',
      changeable: true,
      max: 2,
      options: ['甲', '乙', '丙'],
    })
    const some = people.slice(0, 24)
    await Promise.all(
      some.flatMap(({ token }) =>
        [['甲'], ['乙', '丙'], ['丙']].map(async (chosen, index) => {
          const answer = await callsOf(index).castFor(token, id, chosen.map(option))
          expect(answer).toMatchObject({ errno: COUNTED })
        }),
      ),
    )
    const last = (index: number) => (index % 2 === 0 ? ['甲', '乙'] : ['丙'])
    await inTurns(some, async ({ token }, index) => {
      const answer = await callsOf(index).castFor(token, id, last(index).map(option))
      expect(answer).toMatchObject({ errno: COUNTED })
    })
    for (const [index, { token }] of some.entries()) {
      const { details } = (await callsOf(index + 1).read(token, id)).data
      expect(details?.myChoice).toEqual(last(index).map(option))
    }
    expect(await storedOf(id, 'vote_choice')).toEqual({ voted: 24, ballots: 24, rows: 36 })
    await tools.act(owner, id, 'cancel', { reason: '只是测试' })
  })

  it('either counts the ballot of who is suspended at that moment, or strikes them off', async () => {
    const { id, option } = await tools.open(owner, { secrecy: 'secret' })
    const some = people.slice(-24)
    const answers = await Promise.all(
      some.map(async ({ token, memberId }, index) => {
        const [cast, changed] = await Promise.all([
          callsOf(index).castFor(token, id, [option('赞成')]),
          tools.meetings.change(owner, memberId, { version: 1, state: 'suspended' }),
        ])
        expect(changed).toMatchObject({ errno: 0 })
        return { memberId, errno: cast.errno }
      }),
    )
    // Who is suspended already does not even see the vote.
    const refusals = [506, 708, NOT_AN_ELECTOR]
    const { data } = await tools.electors(owner, id)
    expect(data.items.map(({ voted }) => voted)).not.toContain(true)
    for (const { memberId, errno } of answers) {
      const [row] = await rowsOf(
        `SELECT voted + 0 AS voted, struck + 0 AS struck FROM vote_elector
          WHERE vote_id = (SELECT id FROM vote WHERE public_id = '${id}')
          AND member_id = (SELECT id FROM org_member WHERE public_id = '${memberId}')`,
      )
      const isCounted = errno === COUNTED
      if (!isCounted) expect(refusals).toContain(errno)
      expect({ voted: Number(row?.voted), struck: Number(row?.struck) }).toEqual({
        voted: isCounted ? 1 : 0,
        struck: isCounted ? 0 : 1,
      })
    }
    const counted = answers.filter(({ errno }) => errno === COUNTED).length
    await tools.act(owner, id, 'close')
    expect((await tools.read(owner, id)).data).toMatchObject({
      cast: counted,
      electors: PEOPLE + 1,
      details: { struck: 24 - counted },
    })
  })
})

/** Figures for who asks for them; a test promises none. */
const report = (answers: readonly { ms: number }[], total: number) => {
  if (process.env.CASTS === undefined) return
  const sorted = answers.map(({ ms }) => ms).sort((before, after) => before - after)
  const at = (share: number) => Math.round(sorted[Math.floor(sorted.length * share)] ?? 0)
  const rate = Math.round((answers.length / total) * 1_000)
  process.stdout.write(`${rate} casts/s, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms\n`)
}
