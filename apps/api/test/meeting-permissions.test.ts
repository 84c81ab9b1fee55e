import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeOnEachEngine } from './database/engines.ts'
import type { Column, World } from './support/meeting-matrix.ts'
import { COLUMNS, createWorld, MATRIX } from './support/meeting-matrix.ts'
import { inHours } from './support/meetings.ts'
import { ROUTE_TABLE } from './support/route-table.ts'
import type { TestApi } from './support/start-test-api.ts'
import { startTestApi } from './support/start-test-api.ts'
import { createVoteWorld, VOTE_MATRIX } from './support/vote-matrix.ts'

const ROWS = Object.entries(MATRIX)
const VOTE_ROWS = Object.entries(VOTE_MATRIX)

describe('who may what with a meeting', () => {
  it('is decided for every route', () => {
    const OF_MEETINGS = / \/wx\/(home|meeting|vote|room|notice\/(list|read))(\/|$)/
    const routes = Object.keys(ROUTE_TABLE).filter((route) => OF_MEETINGS.test(route))
    const decided = [...ROWS, ...VOTE_ROWS].map(([route]) => route.split(' ').slice(0, 2).join(' '))
    expect([...new Set(decided)].sort()).toEqual(routes.sort())
  })
})

describeOnEachEngine('With a meeting', (engine) => {
  let api: TestApi
  let world: World
  beforeAll(async () => {
    const { url } = await engine.create()
    api = await startTestApi({ env: url === undefined ? {} : { DATABASE_URL: url } })
    world = await createWorld(api)
  }, 60_000)
  afterAll(() => api.close())

  type Request<About> = (about: About) => { method?: string; path: string; body?: object }

  /** What each caller is answered; `make` makes what the calls are about. */
  const answersTo = async <About>(request: Request<About>, make: () => Promise<About>) => {
    const found: Partial<Record<Column, number>> = {}
    let about: About | undefined
    for (const column of COLUMNS) {
      // Who is refused changes nothing, so the next caller may find the same.
      about ??= await make()
      if (column === 'suspended') await world.suspend()
      const { path, ...call } = request(about)
      const token = world.tokens[column]
      const answer = await api.call(path, token === undefined ? call : { ...call, token })
      found[column] = answer.errno
      if (answer.errno !== 0) {
        expect(answer.data).toBeUndefined()
        expect(answer.text).not.toMatch(/例会|预算/)
      } else if (call.method !== undefined) {
        about = undefined
      }
    }
    return found
  }

  it.each(ROWS)(
    'answers each caller of %s as the matrix says',
    async (_route, { stage, answers, request }) => {
      expect(await answersTo(request, () => world.make(stage))).toEqual(answers)
    },
    60_000,
  )

  describe('with a vote', () => {
    let votes: ReturnType<typeof createVoteWorld>
    beforeAll(() => {
      votes = createVoteWorld(api, world)
    })

    it.each(VOTE_ROWS)(
      'answers each caller of %s as the matrix says',
      async (_route, { stage, answers, request }) => {
        expect(await answersTo(request, () => votes.make(stage))).toEqual(answers)
      },
      60_000,
    )
  })

  it('lists for administrators what the company plans, drafts left out, in pages', async () => {
    const { tools, tokens } = world
    const { owner, people } = await tools.newTeam('主持')
    const title = (at: number) => `会议${String(at).padStart(2, '0')}`
    for (let at = 0; at < 22; at += 1) {
      const span = { startsAt: inHours(24 + (at % 11)), endsAt: inHours(25 + (at % 11)) }
      await tools.announce(people.主持.token, {
        title: title(at),
        agenda: '不给旁人看',
        participantIds: [(await tools.mine(owner)).data.memberships[0]?.memberId ?? ''],
        ...span,
      })
    }
    await tools.create(people.主持.token, { title: '草稿' })
    type Page = { items: { title: string; startsAt: string; myRoles: string[] }[]; next?: string }
    const read = (query: string, token = owner) =>
      api.call<Page>(`/wx/admin/meetings${query}`, { token })

    const first = await read('')
    const second = await read(`?cursor=${first.data.next}`)
    const items = [...first.data.items, ...second.data.items]
    expect([first.data.items.length, second.data.items.length, second.data.next]).toEqual([
      20,
      2,
      undefined,
    ])
    expect(items.map((one) => one.title).sort()).toEqual(
      Array.from({ length: 22 }, (_, at) => title(at)),
    )
    expect(items.map(({ startsAt }) => startsAt)).toEqual(
      items.map(({ startsAt }) => startsAt).sort(),
    )
    expect(first.text).not.toContain('不给旁人看')
    expect(items[0]?.myRoles).toEqual(['participant'])
    type Record = { items: { subject: string; about: string; detail: string }[] }
    const record = (await api.call<Record>('/wx/admin/audit', { token: owner })).data.items
    const told = record.filter(({ detail }) => detail === 'create').map(({ about }) => about)
    // The draft is not named.
    expect(told.filter((title) => title === '')).toHaveLength(1)
    expect(new Set(told)).toEqual(new Set(['', ...items.map((one) => one.title)]))
    const range = `?from=${inHours(24)}&to=${inHours(25)}`
    expect((await read(range)).data.items).toHaveLength(2)
    expect((await read('', tokens.owner)).text).not.toContain('会议0')
  })

  it('shows an administrator who has no part in it neither agenda nor people', async () => {
    const { id } = await world.make('scheduled')
    const { data } = await world.tools.read(world.tokens.admin ?? '', id)
    expect(data).toMatchObject({ id, details: null, myRoles: [], may: ['cancel'] })
  })
})
