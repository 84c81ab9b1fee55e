import { randomUUID } from 'node:crypto'
import type { CreateVoteRequest, UserIndexResult } from '@oa/contracts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeOnEachEngine } from './database/engines.ts'
import { queryRows } from './database/query.ts'
import type { TestApi } from './support/start-test-api.ts'
import { startTestApi } from './support/start-test-api.ts'
import { voteTools } from './support/votes.ts'

describeOnEachEngine('A vote', (engine) => {
  let api: TestApi
  let tools: ReturnType<typeof voteTools>
  beforeAll(async () => {
    const { url } = await engine.create()
    api = await startTestApi({ env: url === undefined ? {} : { DATABASE_URL: url } })
    tools = voteTools(api)
  }, 60_000)
  afterAll(() => api.close())

  const team = () => tools.meetings.newTeam('甲', '乙', '丙', '丁')

  it('in a meeting is cast by those who take part, closed, counted and told', async () => {
    const company = await team()
    const { 甲, 乙, 丙, 丁 } = company.people
    const others = [乙.memberId, 丙.memberId]
    const meetingId = await tools.startMeeting(甲.token, others, [丁.memberId])
    const { id, option } = await tools.open(甲.token, { meetingId, electorate: 'participants' })

    expect((await tools.meetings.read(丁.token, meetingId)).data).toMatchObject({
      voting: true,
      stateCode: 6,
      details: { votes: [{ id, state: 'open', electors: 3, cast: 0, iAmElector: false }] },
    })
    expect(await tools.castFor(乙.token, id, [option('赞成')])).toMatchObject({
      errno: 0,
      data: { counted: true },
    })
    expect(await tools.castFor(丙.token, id, [option('反对')])).toMatchObject({ errno: 0 })
    expect(await tools.castFor(甲.token, id, [option('赞成')])).toMatchObject({ errno: 0 })
    expect(await tools.castFor(丁.token, id, [option('赞成')])).toMatchObject({ errno: 734 })

    expect(await tools.act(甲.token, id, 'close')).toMatchObject({
      errno: 0,
      data: { state: 'closed', outcome: 'passed' },
    })
    const { data } = await tools.read(丁.token, id)
    expect(data).toMatchObject({ state: 'closed', cast: 3, electors: 3, outcome: 'passed' })
    expect(data.details?.options.map(({ text, tally }) => [text, tally])).toEqual([
      ['赞成', 2],
      ['反对', 1],
      ['弃权', 0],
    ])
    const told = async (token: string) =>
      (await tools.meetings.inbox(token)).data.items
        .filter(({ voteId }) => voteId === id)
        .map(({ kind }) => kind)
    expect(await told(乙.token)).toEqual(['vote_closed', 'vote_opened'])
    expect(await told(丁.token)).toEqual(['vote_closed'])
    expect((await tools.meetings.read(丁.token, meetingId)).data).toMatchObject({
      voting: false,
      stateCode: 5,
    })
  })

  it('of the company is secret, and its count is that of its ballots', async () => {
    const company = await team()
    const { owner } = company
    const { id, option } = await tools.open(owner, {
      title: '年会去哪里',
      kind: 'choice',
      secrecy: 'secret',
      options: ['三亚', '成都', '青岛'],
      abstain: true,
      max: 2,
    })
    const people = [owner, ...Object.values(company.people).map(({ token }) => token)]
    for (const [at, token] of people.entries()) {
      const chosen = at === 0 ? ['弃权'] : at < 3 ? ['三亚', '成都'] : ['青岛']
      expect(await tools.castFor(token, id, chosen.map(option))).toMatchObject({ errno: 0 })
    }
    expect(await tools.castFor(owner, id, [option('青岛')])).toMatchObject({ errno: 732 })
    await tools.act(owner, id, 'close')
    const { data } = await tools.read(company.people.甲.token, id)
    expect(data).toMatchObject({ cast: 5, electors: 5, outcome: null, iVoted: true })
    expect(data.details?.options.map(({ tally }) => tally)).toEqual([2, 2, 2, 1])
    const ballots = (await tools.ballots(owner, id)).data.items
    expect(ballots).toHaveLength(5)
    expect(ballots.map(({ name }) => name)).toEqual([null, null, null, null, null])
  })

  const errnoOf = async (answer: Promise<{ errno: number }>) => (await answer).errno
  const rowsOf = (statement: string) => queryRows(api.config.database, statement)
  /** As if its time had come a moment ago. */
  const makeDue = async (id: string) => {
    const text = new Date(Date.now() - 1_000).toISOString().slice(0, -1)
    const at = engine.kind === 'mysql' ? text.replace('T', ' ') : `${text}+00:00`
    await rowsOf(`UPDATE vote SET closes_at = '${at}' WHERE public_id = '${id}'`)
  }
  const soon = () => new Date(Date.now() + 3_600_000).toISOString()

  it('in a meeting is for those who have checked in when it opens, and nobody is added later', async () => {
    const { 甲, 乙, 丙, 丁 } = (await team()).people
    const meetingId = await tools.startMeeting(甲.token, [乙.memberId, 丙.memberId], [丁.memberId])
    const draft = { meetingId, secrecy: 'secret' } as const
    const { id } = (await tools.draft(甲.token, draft)).data
    expect(await errnoOf(tools.act(甲.token, id, 'open'))).toBe(729)

    for (const { memberId } of [乙, 丁]) {
      await tools.meetings.checkInByHand(甲.token, meetingId, memberId)
    }
    // Secret votes need five; an observer has no vote.
    expect(await errnoOf(tools.act(甲.token, id, 'open'))).toBe(729)
    const { version } = (await tools.read(甲.token, id)).data
    await tools.update(甲.token, id, { version, secrecy: 'named' })
    expect((await tools.act(甲.token, id, 'open')).data).toMatchObject({ electors: 1 })
    await tools.meetings.checkInByHand(甲.token, meetingId, 丙.memberId)

    const yes = (await tools.read(乙.token, id)).data.details?.options[0]?.id ?? ''
    expect(await errnoOf(tools.castFor(丙.token, id, [yes]))).toBe(734)
    expect(await errnoOf(tools.castFor(丁.token, id, [yes]))).toBe(734)
    expect(await errnoOf(tools.castFor(乙.token, id, [yes]))).toBe(0)
    const { data } = await tools.electors(甲.token, id)
    expect(data.items).toMatchObject([{ memberId: 乙.memberId, voted: true, struck: false }])
  })

  it('keeps its meeting from ending, unless it is closed with it', async () => {
    const { 甲, 乙 } = (await team()).people
    const meetingId = await tools.startMeeting(甲.token, [乙.memberId])
    const place = { meetingId, electorate: 'participants' } as const
    const { id, option } = await tools.open(甲.token, place)
    const draft = (await tools.draft(甲.token, place)).data.id
    await tools.castFor(乙.token, id, [option('赞成')])

    expect(await errnoOf(tools.meetings.act(甲.token, meetingId, 'end'))).toBe(733)
    const { version } = (await tools.meetings.read(甲.token, meetingId)).data
    const end = () => tools.meetings.act(甲.token, meetingId, 'end', { version, closeVotes: true })
    const ended = { state: 'ended', version: version + 1, closedVotes: 1 }
    expect((await end()).data).toEqual(ended)
    // The answer was lost, and the request comes again.
    expect((await end()).data).toEqual(ended)
    expect((await tools.read(乙.token, id)).data).toMatchObject({ state: 'closed', cast: 1 })
    expect((await tools.read(甲.token, draft)).data.state).toBe('cancelled')
    expect(await errnoOf(tools.read(乙.token, draft))).toBe(708)
    expect(await errnoOf(tools.draft(甲.token, place))).toBe(727)
    expect(await errnoOf(tools.castFor(甲.token, id, [option('赞成')]))).toBe(729)
  })

  it('keeps a meeting running that time would have ended, and time ends it after the vote', async () => {
    const { 甲, 乙 } = (await team()).people
    const meetingId = await tools.startMeeting(甲.token, [乙.memberId])
    const place = { meetingId, electorate: 'participants' } as const
    const { id } = await tools.open(甲.token, place)
    const old = new Date(Date.now() - 5 * 3_600_000).toISOString().slice(0, -1)
    const at = engine.kind === 'mysql' ? old.replace('T', ' ') : `${old}+00:00`
    const ends = at.replace(/\d{2}:\d{2}\.\d{3}/, '59:59.999')
    await rowsOf(
      `UPDATE meeting SET starts_at = '${at}', ends_at = '${ends}' WHERE public_id = '${meetingId}'`,
    )
    const stateOf = async () => (await tools.meetings.read(甲.token, meetingId)).data.state

    await api.meetings.moveByTime()
    expect(await stateOf()).toBe('running')
    await makeDue(id)
    expect(await api.votes.closeByTime()).toBe(1)
    expect(await stateOf()).toBe('ended')
    expect((await tools.read(乙.token, id)).data).toMatchObject({ state: 'closed', cast: 0 })
  })

  it('is closed at its time, whoever asks first', async () => {
    const { owner, people } = await team()
    const { id, option } = await tools.open(owner, { closesAt: soon(), quorumPercent: 20 })
    await tools.castFor(people.甲.token, id, [option('赞成')])
    await makeDue(id)

    expect(await errnoOf(tools.castFor(people.乙.token, id, [option('反对')]))).toBe(729)
    expect((await tools.read(people.丙.token, id)).data).toMatchObject({
      state: 'closed',
      cast: 1,
      electors: 5,
      outcome: 'passed',
    })
    // Nobody closed it, so its maker is told too.
    const { items } = (await tools.meetings.inbox(owner)).data
    expect(items.filter(({ voteId }) => voteId === id)).toMatchObject([{ kind: 'vote_closed' }])
    const past = new Date(Date.now() - 1_000).toISOString()
    const late = (await tools.draft(owner, { closesAt: past })).data.id
    expect(await errnoOf(tools.act(owner, late, 'open'))).toBe(729)
  })

  it('that is cancelled leaves nothing of what was cast, and tells why', async () => {
    const { owner, people } = await team()
    for (const secrecy of ['secret', 'named'] as const) {
      const { id, option } = await tools.open(owner, { secrecy })
      await tools.castFor(people.甲.token, id, [option('赞成')])
      expect(await errnoOf(tools.act(owner, id, 'cancel'))).toBe(402)
      expect(await errnoOf(tools.act(owner, id, 'cancel', { reason: '选项有误' }))).toBe(0)

      const vote = `vote_id = (SELECT id FROM vote WHERE public_id = '${id}')`
      for (const table of ['vote_ballot', 'vote_choice']) {
        expect(await rowsOf(`SELECT * FROM ${table} WHERE ${vote}`)).toEqual([])
      }
      const { data } = await tools.read(people.甲.token, id)
      expect(data).toMatchObject({ state: 'cancelled', cast: null, may: ['electors'] })
      expect(data.details).toMatchObject({ reason: '选项有误', myChoice: null })
      expect((await tools.electors(owner, id)).data.items.map(({ voted }) => voted)).toEqual(
        Array(5).fill(null),
      )
      expect(await errnoOf(tools.castFor(people.乙.token, id, [option('赞成')]))).toBe(729)
      const [line] = (await tools.meetings.inbox(people.乙.token)).data.items
      expect(line).toMatchObject({ kind: 'vote_cancelled', voteId: id, reason: '选项有误' })
    }
  })

  it('gives a request that comes again the same answer', async () => {
    const { owner, people } = await team()
    const requestId = randomUUID()
    const made = await tools.draft(owner, { requestId })
    expect((await tools.draft(owner, { requestId })).data).toEqual(made.data)
    const { id } = made.data
    const twice = async (action: 'open' | 'close' | 'cancel', version: number, more = {}) => {
      const first = await tools.act(owner, id, action, { version, ...more })
      expect(first.errno).toBe(0)
      expect((await tools.act(owner, id, action, { version, ...more })).data).toEqual(first.data)
      return first.data
    }
    expect(await twice('open', 1)).toMatchObject({ state: 'open', electors: 5 })
    // Somebody else's version, and what is fixed from the opening on.
    expect(await errnoOf(tools.act(owner, id, 'close', { version: 1 }))).toBe(504)
    expect(await errnoOf(tools.update(owner, id, { version: 2, title: '另一个' }))).toBe(727)
    const yes = (await tools.read(owner, id)).data.details?.options[0]?.id ?? ''
    const no = (await tools.read(owner, id)).data.details?.options[1]?.id ?? ''
    const { token } = people.甲
    expect(await errnoOf(tools.castFor(token, id, [yes]))).toBe(0)
    expect(await errnoOf(tools.castFor(token, id, [yes]))).toBe(0)
    expect(await errnoOf(tools.castFor(token, id, [no]))).toBe(732)
    expect(await twice('close', 2)).toMatchObject({ state: 'closed', outcome: 'passed' })
    // Also when the vote has been closed in between.
    expect(await errnoOf(tools.castFor(token, id, [yes]))).toBe(0)
    expect((await tools.read(owner, id)).data.cast).toBe(1)
    const inbox = (await tools.meetings.inbox(token)).data.items
    expect(inbox.map(({ kind }) => kind)).toEqual(['vote_closed', 'vote_opened'])
  })

  it('that is named may show its tallies, and let a ballot be replaced, while it is open', async () => {
    const { owner, people } = await team()
    const { 甲, 乙, 丙, 丁 } = people
    const { id, option } = await tools.open(owner, {
      kind: 'choice',
      options: ['三亚', '成都'],
      results: 'live',
      changeable: true,
      electorate: 'named',
      memberIds: [甲.memberId, 乙.memberId, 丙.memberId],
    })
    const tallies = async (token: string) =>
      (await tools.read(token, id)).data.details?.options.map(({ tally }) => tally)
    await tools.castFor(甲.token, id, [option('三亚')])
    expect(await tallies(乙.token)).toEqual([1, 0])
    expect(await errnoOf(tools.castFor(甲.token, id, [option('成都')]))).toBe(0)
    expect(await tallies(乙.token)).toEqual([0, 1])
    expect((await tools.read(甲.token, id)).data).toMatchObject({
      may: ['cast', 'electors'],
      details: { myChoice: [option('成都')] },
    })
    expect(await errnoOf(tools.read(丁.token, id))).toBe(708)
    expect(await errnoOf(tools.castFor(甲.token, id, [option('三亚'), option('成都')]))).toBe(402)
    expect(await errnoOf(tools.ballots(owner, id))).toBe(729)
    await tools.act(owner, id, 'close')
    expect((await tools.ballots(丙.token, id)).data.items).toEqual([
      { id: 甲.memberId, name: '甲', optionIds: [option('成都')] },
    ])
  })

  it('is refused as a draft that makes no sense', async () => {
    const { owner, people } = await team()
    const { 甲 } = people
    const choice: Partial<CreateVoteRequest> = { kind: 'choice', options: ['三亚', '成都'] }
    for (const wrong of [
      { secrecy: 'secret', changeable: true },
      { secrecy: 'secret', results: 'live' },
      { kind: 'choice' },
      { ...choice, min: 2, max: 1 },
      { ...choice, max: 3 },
      { ...choice, options: ['三亚', '弃权'], abstain: true },
      { electorate: 'checked_in' },
      { electorate: 'named' },
      { electorate: 'named', memberIds: [randomUUID()] },
      { electorate: 'named', departmentIds: [randomUUID()] },
      { memberIds: [甲.memberId] },
    ] as Partial<CreateVoteRequest>[]) {
      expect([wrong, await errnoOf(tools.draft(owner, wrong))]).toEqual([wrong, 402])
    }
    const { id } = (await tools.draft(owner, { ...choice, abstain: true })).data
    const edit = { version: 1, kind: 'motion', rule: 'two_thirds' } as const
    for (const answer of [
      await tools.update(owner, id, edit),
      await tools.update(owner, id, edit),
    ]) {
      expect(answer.data).toMatchObject({ state: 'draft', version: 2 })
    }
    const { details } = (await tools.read(owner, id)).data
    expect(details).toMatchObject({ rule: 'two_thirds', max: 1 })
    expect(details?.options.map(({ meaning }) => meaning)).toEqual(['for', 'against', 'abstain'])
    // Not that request again: other fields, or other people.
    expect(await errnoOf(tools.update(owner, id, { version: 1, title: '另一个' }))).toBe(504)
    const only = (memberId: string) => ({ electorate: 'named' as const, memberIds: [memberId] })
    expect(await errnoOf(tools.update(owner, id, { version: 2, ...only(甲.memberId) }))).toBe(0)
    expect(await errnoOf(tools.update(owner, id, { version: 2, ...only(甲.memberId) }))).toBe(0)
    const { memberId } = people.乙
    expect(await errnoOf(tools.update(owner, id, { version: 2, ...only(memberId) }))).toBe(504)
    expect((await tools.read(owner, id)).data.details?.memberIds).toEqual([甲.memberId])
  })

  it('strikes off who leaves before voting, and keeps the ballot of who leaves after', async () => {
    const { owner, people, orgId } = await team()
    const { 甲, 乙 } = people
    const { id, option } = await tools.open(owner, { quorumPercent: 20, rule: 'absolute_majority' })
    await tools.castFor(甲.token, id, [option('赞成')])
    for (const { token } of [甲, 乙]) await tools.meetings.leave(token, orgId)
    expect(await errnoOf(tools.castFor(乙.token, id, [option('赞成')]))).toBe(708)
    await tools.act(owner, id, 'close')
    const { data } = await tools.read(owner, id)
    // A quorum is of those who were entitled at the opening: nobody reaches it by sending people away.
    expect(data).toMatchObject({ electors: 5, cast: 1, outcome: 'rejected' })
    expect(data.details).toMatchObject({ struck: 1 })
  })

  it('is listed for who may vote and for who made it, and counted until it is cast', async () => {
    const { owner, people } = await team()
    const { 甲, 乙 } = people
    const only: Partial<CreateVoteRequest> = { electorate: 'named', memberIds: [甲.memberId] }
    const ids: string[] = []
    for (let at = 0; at < 22; at += 1) ids.unshift((await tools.open(owner, only)).id)
    const pages = async (token: string, tab: string) => {
      const first = (await tools.list(token, tab)).data
      const second = (await tools.list(token, tab, `&cursor=${first.next}`)).data
      expect([first.items.length, second.next]).toEqual([20, undefined])
      return [...first.items, ...second.items].map(({ id }) => id)
    }
    expect(await pages(甲.token, 'open')).toEqual(ids)
    expect(await pages(owner, 'mine')).toEqual(ids)
    for (const tab of ['open', 'closed', 'mine']) {
      expect((await tools.list(乙.token, tab)).data.items).toEqual([])
    }
    const countsOf = async (token: string) => {
      const { meetingCounts } = (await api.call<UserIndexResult>('/wx/user/index', { token })).data
      return meetingCounts?.voting
    }
    expect(await countsOf(甲.token)).toBe(22)
    expect(await countsOf(乙.token)).toBe(0)
    expect((await tools.meetings.home(甲.token)).data.votes).toHaveLength(10)
    const [id = ''] = ids
    const [option] = (await tools.read(甲.token, id)).data.details?.options ?? []
    await tools.castFor(甲.token, id, [option?.id ?? ''])
    expect(await countsOf(甲.token)).toBe(21)
    expect((await tools.list(甲.token)).data.items[0]).toMatchObject({ id, iVoted: true, cast: 1 })
    await tools.act(owner, id, 'close')
    expect((await tools.list(甲.token, 'closed')).data.items).toMatchObject([{ id, cast: 1 }])
  })

  it('of a draft meeting goes with it', async () => {
    const { 甲, 乙 } = (await team()).people
    const meeting = (await tools.meetings.create(甲.token, { participantIds: [乙.memberId] })).data
    const { id } = (await tools.draft(甲.token, { meetingId: meeting.id })).data
    expect(await errnoOf(tools.act(甲.token, id, 'open'))).toBe(727)
    expect(await errnoOf(tools.meetings.act(甲.token, meeting.id, 'delete'))).toBe(0)
    expect(await errnoOf(tools.read(甲.token, id))).toBe(708)
  })
})
