import { afterAll, beforeAll, expect, it } from 'vitest'
import { openStores } from '../src/core.ts'
import { planCast } from '../src/votes/casting.ts'
import { describeOnEachEngine } from './database/engines.ts'
import { queryRows } from './database/query.ts'
import { callsOf } from './support/own-data.ts'
import type { TestApi } from './support/start-test-api.ts'
import { startTestApi } from './support/start-test-api.ts'
import { voteTools } from './support/votes.ts'

const BALLOTS = 1_000

describeOnEachEngine('A secret ballot', (engine) => {
  let api: TestApi
  let tools: ReturnType<typeof voteTools>
  beforeAll(async () => {
    const { url } = await engine.create()
    api = await startTestApi({ env: url === undefined ? {} : { DATABASE_URL: url } })
    tools = voteTools(api)
  }, 60_000)
  afterAll(() => api.close())

  const rowsOf = (statement: string) => queryRows(api.config.database, statement)
  const columnsOf = async (table: string) => {
    const rows = await rowsOf(
      engine.kind === 'mysql'
        ? `SELECT column_name AS name FROM information_schema.columns
            WHERE table_schema = DATABASE() AND table_name = '${table}'`
        : `SELECT name FROM pragma_table_info('${table}')`,
    )
    return rows.map(({ name }) => name).sort()
  }
  const referencedBy = async (table: string) => {
    const rows = await rowsOf(
      engine.kind === 'mysql'
        ? `SELECT DISTINCT referenced_table_name AS name FROM information_schema.key_column_usage
            WHERE table_schema = DATABASE() AND table_name = '${table}'
            AND referenced_table_name IS NOT NULL`
        : `SELECT DISTINCT "table" AS name FROM pragma_foreign_key_list('${table}')`,
    )
    return rows.map(({ name }) => name).sort()
  }

  it('is a row without person, time or order, and the mark of who voted has no time', async () => {
    expect(await columnsOf('vote_ballot')).toEqual(['id', 'option_id', 'vote_id'])
    expect(await referencedBy('vote_ballot')).toEqual(['vote', 'vote_option'])
    expect(await columnsOf('vote_elector')).toEqual(['member_id', 'struck', 'vote_id', 'voted'])
    for (const table of ['vote_ballot', 'vote_elector']) {
      // SQLite numbers the rows of other tables in the order in which they came.
      await expect(rowsOf(`SELECT rowid FROM ${table}`)).rejects.toThrow(/rowid/)
    }
  })

  it('lies where it tells nothing of when it was cast, and elsewhere under another id once counted', async () => {
    const { owner, orgId } = await tools.meetings.newTeam('甲', '乙', '丙', '丁')
    const { id } = await tools.open(owner, { secrecy: 'secret' })
    const [vote] = await rowsOf(`SELECT id, org_id FROM vote WHERE public_id = '${id}'`)
    const voteId = Number(vote?.id)
    // A thousand electors more than signing in would let come here.
    for (let from = 0; from < BALLOTS; from += 250) {
      const rows = Array.from({ length: 250 }, (_, index) => {
        const number = String(from + index).padStart(12, '0')
        return `('${orgId.slice(0, 24)}${number}', ${Number(vote?.org_id)}, 0, 0, '投票人')`
      })
      await rowsOf(
        `INSERT INTO org_member (public_id, org_id, status, role, name) VALUES ${rows.join(', ')}`,
      )
    }
    const added = `org_id = ${Number(vote?.org_id)} AND name = '投票人'`
    await rowsOf(
      `INSERT INTO vote_elector (vote_id, member_id, voted, struck)
        SELECT ${voteId}, id, 0, 0 FROM org_member WHERE ${added}`,
    )
    const electors = await rowsOf(`SELECT id FROM org_member WHERE ${added} ORDER BY id`)
    const options = (await tools.read(owner, id)).data.details?.options ?? []
    const stores = await openStores(api.config.database)
    const castOrder: string[] = []
    for (const [index, elector] of electors.entries()) {
      const own = { voteId, memberId: Number(elector.id) }
      const chosen = options[index % 3]?.id ?? ''
      await stores.votes.casts.cast(own, { secret: true, changeable: false }, (holding) => {
        const plan = planCast(holding, [chosen], Date.now())
        if (plan.kind === 'secret') castOrder.push(plan.ballotId)
        return plan
      })
    }
    await stores.close()
    expect(castOrder).toHaveLength(BALLOTS)

    const lying = async () =>
      (await rowsOf(`SELECT id FROM vote_ballot WHERE vote_id = ${voteId}`)).map(({ id }) =>
        String(id),
      )
    const stored = (await rowsOf('SELECT id, vote_id FROM vote_ballot'))
      .filter((row) => Number(row.vote_id) === voteId)
      .map((row) => String(row.id))
    expect(stored).toHaveLength(BALLOTS)
    // By chance alone it is beyond 0.16 once in two million times.
    expect(Math.abs(rankCorrelation(castOrder, stored))).toBeLessThan(0.16)

    await tools.act(owner, id, 'close')
    const counted = await lying()
    expect(counted).toHaveLength(BALLOTS)
    const cast = new Set(castOrder)
    expect(counted.filter((ballot) => cast.has(ballot))).toEqual([])
    const { details } = (await tools.read(owner, id)).data
    expect(details?.options.map(({ tally }) => tally)).toEqual([334, 333, 333])
  }, 120_000)

  it('is told to nobody by any answer, log line or record, before or after it is counted', async () => {
    const { owner, people, orgId } = await tools.meetings.newTeam('甲', '乙', '丙', '丁', '管')
    await tools.meetings.appoint(owner, people.管.memberId, 'admin')
    const { 甲, 乙, 丙, 丁, 管 } = people
    const others = [乙, 丙, 丁].map(({ memberId }) => memberId)
    const host = (await tools.meetings.mine(owner)).data.memberships[0]?.memberId ?? ''
    const meetingId = await tools.startMeeting(甲.token, [...others, host])
    const title = '谁来主持年会'
    const { id, option } = await tools.open(甲.token, {
      meetingId,
      title,
      electorate: 'participants',
      kind: 'choice',
      secrecy: 'secret',
      options: ['张三丰', '李四光'],
    })
    const logged = api.logs.lines().length
    const casts = [
      [甲, '张三丰'],
      [乙, '李四光'],
      [丙, '张三丰'],
    ] as const
    for (const [{ token }, text] of casts) {
      expect(await tools.castFor(token, id, [option(text)])).toMatchObject({ errno: 0 })
    }
    const everybody = [owner, ...Object.values(people).map(({ token }) => token)]
    const ballots = await rowsOf(
      `SELECT DISTINCT id FROM vote_ballot
        WHERE vote_id = (SELECT id FROM vote WHERE public_id = '${id}')`,
    )
    const ids = [...['张三丰', '李四光'].map(option), ...ballots.map((row) => String(row.id))]

    // While it is open: how many, and nothing else.
    for (const token of everybody) {
      const { data } = await tools.read(token, id)
      const isIn = token !== 管.token
      expect(data.cast).toBe(isIn ? 3 : null)
      expect(data.details?.myChoice ?? null).toBeNull()
      for (const { tally } of data.details?.options ?? []) expect(tally).toBeNull()
      const electors = await tools.electors(token, id)
      expect(electors.errno).toBe(isIn ? 0 : 506)
      for (const { voted } of electors.data?.items ?? []) expect(voted).toBeNull()
      const all = await tools.ballots(token, id)
      expect(all.errno).toBe(isIn ? 729 : 506)
      for (const path of PATHS) {
        const { text } = await api.call(path.replace('{meeting}', meetingId), { token })
        for (const secret of ids) expect(text).not.toContain(secret)
      }
    }

    await tools.act(甲.token, id, 'close')
    for (const token of everybody) {
      const { data } = await tools.read(token, id)
      expect(data.details?.myChoice ?? null).toBeNull()
      const electors = await tools.electors(token, id)
      for (const secret of ids) expect(electors.text).not.toContain(secret)
      const found = await tools.ballots(token, id)
      // For recounts: to who organises the meeting, without anybody's name.
      expect(found.errno).toBe(token === 甲.token ? 0 : 506)
      for (const { memberId } of Object.values(people)) expect(found.text).not.toContain(memberId)
      expect(found.data?.items.map(({ name }) => name) ?? []).toEqual(
        token === 甲.token ? [null, null, null] : [],
      )
    }
    const { data: own } = await callsOf(api).ask(乙.token)
    expect(own.votes).toEqual([{ title, voted: true, struck: false }])
    expect(own.choices).toEqual([])

    const lines = JSON.stringify(api.logs.lines().slice(logged))
    for (const secret of [...ids, '张三丰', '李四光']) expect(lines).not.toContain(secret)
    const [org] = await rowsOf(`SELECT id FROM org WHERE public_id = '${orgId}'`)
    const record = await rowsOf(
      `SELECT detail FROM audit_event WHERE org_id = ${Number(org?.id)} AND kind = 'vote'`,
    )
    expect(record.map(({ detail }) => detail)).toEqual(['create', 'open', 'close'])
  }, 60_000)

  it('is none once the account of a named voter is closed: what they chose stays under no name', async () => {
    const { owner, people } = await tools.meetings.newTeam('金丝雀', '乙')
    const { id, option } = await tools.open(owner, { title: '有记名' })
    const { token } = people.金丝雀
    await tools.castFor(token, id, [option('反对')])
    const own = callsOf(api)
    const exported = (await own.ask(token)).data
    expect(exported.votes).toEqual([{ title: '有记名', voted: true, struck: false }])
    expect(exported.choices).toMatchObject([{ title: '有记名', choice: '反对' }])
    expect(await own.close(token)).toMatchObject({ errno: 0 })
    expect(await own.close(people.乙.token)).toMatchObject({ errno: 0 })
    await tools.act(owner, id, 'close')
    const { data, text } = await tools.ballots(owner, id)
    expect(data.items).toMatchObject([{ name: '已注销', optionIds: [option('反对')] }])
    expect(text).not.toContain('金丝雀')
    // The electorate keeps its size; who had not voted is struck off.
    expect((await tools.read(owner, id)).data).toMatchObject({
      electors: 3,
      cast: 1,
      details: { struck: 1 },
    })
  })
})

/** Whatever else tells of votes. */
const PATHS = [
  '/wx/vote/list',
  '/wx/vote/list?tab=mine',
  '/wx/home/index',
  '/wx/notice/list',
  '/wx/user/index',
  '/wx/meeting/{meeting}',
  '/wx/meeting/{meeting}/people',
  '/wx/meeting/{meeting}/live',
  '/wx/admin/audit',
]

/** Spearman's, between two orders of the same things: 1 when they are equal, about 0 by chance. */
const rankCorrelation = (one: readonly string[], other: readonly string[]): number => {
  const places = new Map(other.map((id, place) => [id, place]))
  const count = one.length
  const squares = one.reduce((sum, id, place) => sum + (place - (places.get(id) ?? 0)) ** 2, 0)
  return 1 - (6 * squares) / (count * (count ** 2 - 1))
}
