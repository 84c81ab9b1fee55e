import { expect, it } from 'vitest'
import { failed, ok, startApi } from './support/api'
import { LEI, ME, MEMBERSHIP, ORG, picked, tapOn } from './support/meetings'
import { openSignedIn } from './support/start'
import { until } from './support/until'
import { VOTE, voteResult } from './support/votes'

const PAGE = 'packages/meeting/vote/vote'
const CREATE = '/wx/vote'
const OPEN = `/wx/vote/${VOTE}/open`
const typed = (field: string, value: string) => picked(value, { field })
const opened = ok({ state: 'open', version: 2, electors: 3, outcome: null })

const start = async (query: Record<string, string> = {}) => {
  const api = await startApi()
  api.answers['/wx/org/mine'] = ok({ memberships: [MEMBERSHIP] })
  api.answers[CREATE] = ok({ id: VOTE, version: 1 })
  api.answers[OPEN] = opened
  const running = await openSignedIn(api, PAGE, undefined, query)
  await until(() => running.page.data.isReady || running.page.data.isMissing)

  return running
}
const bodies = (api: Awaited<ReturnType<typeof startApi>>, path: string) =>
  api.to(path).map(({ body }) => body as Record<string, unknown>)

it('creates a motion of the company and opens it, after asking', async () => {
  const { api, page, wechat } = await start()
  page.onText(typed('title', ' 年度预算 '))
  await page.onOpen()

  expect(bodies(api, CREATE)).toEqual([
    {
      orgId: ORG,
      requestId: expect.any(String),
      title: '年度预算',
      detail: '',
      kind: 'motion',
      secrecy: 'named',
      changeable: false,
      results: 'after_close',
      quorumPercent: 0,
      electorate: 'everyone',
      closesAt: null,
      rule: 'simple_majority',
    },
  ])
  expect(bodies(api, OPEN)).toEqual([{ version: 1 }])
  expect(wechat.state.modals).toHaveLength(1)
  expect(wechat.state.moves).toEqual([`redirectTo /pages/vote/detail/detail?id=${VOTE}`])
})

it('sends of a choice in a meeting its options and bounds, and no rule', async () => {
  const { api, page } = await start({ meetingId: 'm1', orgId: ORG })
  expect(page.data.electorate.names).toEqual(['已签到的参会人员', '全部参会人员'])
  page.onText(typed('title', '团建'))
  page.onChoice(picked('1', { name: 'kind' }))
  page.onOption(picked('三亚', { index: 0 }))
  page.onOption(picked(' ', { index: 1 }))
  page.onAddOption()
  page.onOption(picked('北京', { index: 2 }))
  page.onChoice(picked('1', { name: 'max' }))
  page.onSwitch(picked(true, { name: 'abstain' }))
  page.onChoice(picked('1', { name: 'electorate' }))
  await page.onSave()

  const [body] = bodies(api, CREATE)
  expect(body).toMatchObject({
    meetingId: 'm1',
    options: ['三亚', '北京'],
    min: 1,
    max: 2,
    abstain: true,
    electorate: 'participants',
  })
  expect(body).not.toHaveProperty('rule')
  expect(page.data.status).toBe('草稿已保存')
})

it('never asks a secret vote to be changeable or live', async () => {
  const { api, page } = await start()
  page.onText(typed('title', '年度预算'))
  page.onSwitch(picked(true, { name: 'changeable' }))
  page.onSwitch(picked(true, { name: 'live' }))
  page.onChoice(picked('1', { name: 'secrecy' }))
  await page.onSave()

  expect(bodies(api, CREATE)).toMatchObject([
    { secrecy: 'secret', changeable: false, results: 'after_close' },
  ])
})

it('says what is missing, and sends nothing', async () => {
  const { api, page } = await start()
  await page.onOpen()
  expect(page.data.errors).toEqual({ title: '请填写投票标题' })
  page.onText(typed('title', '团建'))
  page.onChoice(picked('1', { name: 'kind' }))
  await page.onOpen()
  expect(page.data.errors).toEqual({ options: '请至少填写两个选项' })
  page.onOption(picked('三亚', { index: 0 }))
  page.onOption(picked('三亚 ', { index: 1 }))
  await page.onOpen()
  expect(page.data.errors).toEqual({ options: '选项不能相同' })
  page.onOption(picked('北京', { index: 1 }))
  page.onChoice(picked('1', { name: 'min' }))
  page.onChoice(picked('1', { name: 'electorate' }))
  page.onTimed(picked(true))
  page.onCloses(picked('2020-01-01', { part: 'date' }))
  await page.onOpen()

  expect(page.data.errors).toMatchObject({
    bounds: expect.stringContaining('最少要选'),
    people: '请至少选择一位投票人',
    closes: '截止时间要晚于现在',
  })
  expect(api.to(CREATE)).toEqual([])
})

it('chooses electors of the company, at least five for a secret vote', async () => {
  const { page, wechat } = await start()
  page.onText(typed('title', '年度预算'))
  page.onChoice(picked('1', { name: 'electorate' }))
  page.onElectors()
  expect(wechat.state.moves).toEqual([
    `navigateTo /packages/meeting/pick/pick?kind=electors&orgId=${ORG}`,
  ])
  wechat.state.openerEvents.picked?.([ME, LEI])
  expect(page.data.members).toBe('已选 2 人')
  page.onChoice(picked('1', { name: 'secrecy' }))
  await page.onOpen()

  expect(page.data.errors).toEqual({ people: '无记名投票至少需要 5 位投票人' })
})

it('makes one vote, however often the answer is lost', async () => {
  const { api, page } = await start()
  page.onText(typed('title', '年度预算'))
  api.script(({ path }) => (path === CREATE ? failed(500, 502) : undefined))
  await page.onOpen()
  expect(page.data.failure).toMatchObject({ errno: 502 })
  page.onText(typed('title', '年度预算（修订）'))
  api.answers[`/wx/vote/${VOTE}/update`] = ok({
    state: 'draft',
    version: 2,
    electors: 0,
    outcome: null,
  })
  api.script(({ path }) => (path === OPEN ? failed(500, 502) : undefined))
  await page.onRetry()
  api.script(() => undefined)
  await page.onRetry()

  const [first, second, ...more] = bodies(api, CREATE)
  expect(second).toEqual(first)
  expect(more).toEqual([])
  expect(bodies(api, `/wx/vote/${VOTE}/update`)).toEqual([
    { version: 1, title: '年度预算（修订）' },
  ])
  expect(bodies(api, OPEN)).toEqual([{ version: 2 }, { version: 2 }])
})

it('edits a draft with what it has, and sends only what changed', async () => {
  const api = await startApi()
  const options = ['三亚', '北京'].map((text) => ({ id: text, text, meaning: null, tally: null }))
  const details = { options, rule: null, electorate: 'named' as const, memberIds: [LEI.id] }
  api.answers[`/wx/vote/${VOTE}`] = ok(
    voteResult({ kind: 'choice', state: 'draft', may: ['update', 'open'] }, details),
  )
  const update = `/wx/vote/${VOTE}/update`
  api.answers[update] = ok({ state: 'draft', version: 3, electors: 0, outcome: null })
  const { page } = await openSignedIn(api, PAGE, undefined, { id: VOTE })
  await until(() => page.data.isReady)
  expect(page.data).toMatchObject({
    title: '年度预算',
    members: '已选 1 人',
    options: [{ text: '三亚' }, { text: '北京' }],
  })
  page.onAddOption()
  page.onOption(picked('西安', { index: 2 }))
  page.onRemoveOption(tapOn({ index: 0 }))
  await page.onSave()

  expect(bodies(api, update)).toEqual([{ version: 2, options: ['北京', '西安'] }])
})

it.each([
  ['who is no organizer', { role: 'member' as const }],
  ['who belongs to no company yet', { state: 'pending' as const }],
])('is not there for somebody %s', async (_, changes) => {
  const api = await startApi()
  api.answers['/wx/org/mine'] = ok({ memberships: [{ ...MEMBERSHIP, ...changes }] })
  const { page } = await openSignedIn(api, PAGE)
  await until(() => page.data.isMissing)

  expect(page.data.isReady).toBe(false)
})

it('shows the newest when it was changed elsewhere', async () => {
  const { api, page, wechat } = await start()
  page.onText(typed('title', '年度预算'))
  api.script(({ path }) => (path === OPEN ? failed(409, 504) : undefined))
  api.answers[`/wx/vote/${VOTE}`] = ok(
    voteResult({ title: '别处改的', state: 'draft', may: ['update'] }),
  )
  await page.onOpen()

  expect(wechat.state.modal).toMatchObject({ title: '投票已有变更' })
  expect(page.data.title).toBe('别处改的')
})
