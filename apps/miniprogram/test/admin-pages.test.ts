import type { PolicyResult, Room } from '@oa/contracts'
import { expect, it } from 'vitest'
import type { Call } from './support/api'
import { failed, ok, startApi } from './support/api'
import { ID, ORG } from './support/company'
import { card } from './support/meetings'
import { signedIn, start } from './support/start'
import { until } from './support/until'

const at = (dataset: object) => ({ currentTarget: { dataset } })
const form = (value: unknown) => ({ detail: { value } })
const picked = (field: string, value: number) => ({
  ...at({ field }),
  detail: { value: String(value) },
})
const ROOMS = `/wx/room/list?orgId=${ORG}`

const open = async (page: string, answers: Record<string, ReturnType<typeof ok>>, query = {}) => {
  const api = await startApi()
  api.validTokens.add('token-0')
  Object.assign(api.answers, answers)
  const running = await start({ base: api.base, prepare: signedIn(api.base) })
  running.pages.push({})
  const opened = await running.openPage(`packages/admin/${page}/${page}`, { orgId: ORG, ...query })
  return { api, page: opened, ...running }
}

const room = (changes: Partial<Room> = {}): Room => ({
  id: ID,
  name: '三楼会议室',
  place: 'A 座 3 楼',
  capacity: 12,
  equipment: '投影',
  needsApproval: true,
  opensMin: 480,
  closesMin: 1_215,
  maxMin: 120,
  disabled: false,
  version: 4,
  ...changes,
})
const rooms = (...list: Room[]) => ({ [ROOMS]: ok({ rooms: list }) })

it('lists rooms with what they are, and leads to each', async () => {
  const { page, wechat } = await open('rooms', rooms(room(), room({ id: 'r2', disabled: true })))
  await until(() => page.data.isLoaded)

  expect(page.data.items).toMatchObject([
    { name: '三楼会议室', text: 'A 座 3 楼 · 可容纳 12 人 · 投影', standing: '需审批' },
    { standing: '已停用' },
  ])
  page.onRoom(at({ id: ID }))
  expect(wechat.state.moves.at(-1)).toBe(
    `navigateTo /packages/admin/room/room?orgId=${ORG}&id=${ID}`,
  )
})

it('adds a room as it was filled in, and not one that cannot be', async () => {
  const { page, api, wechat } = await open('room', rooms())
  const add = '/wx/admin/rooms'
  api.answers[add] = ok({ id: ID, version: 1 })
  for (const [typed, told] of [
    [{ name: ' ', capacity: '8' }, '请填写会议室名称'],
    [{ name: '四楼', capacity: '0' }, '1 到 9999'],
    [{ name: '四楼', capacity: '1.5' }, '1 到 9999'],
  ] as const) {
    await page.onSubmit(form(typed))
    expect(wechat.state.toasts.at(-1)).toContain(told)
  }
  page.onPick(picked('opens', 40))
  page.onPick(picked('closes', 17))
  await page.onSubmit(form({ name: '四楼', capacity: '8' }))
  expect(wechat.state.toasts.at(-1)).toBe('关闭时间必须晚于开放时间')
  expect(api.to(add)).toEqual([])

  page.onPick(picked('opens', 17))
  page.onPick(picked('closes', 40))
  page.onApproval(form(true))
  await page.onSubmit(form({ name: ' 四楼 ', place: '', capacity: '8', equipment: '白板' }))
  expect(api.to(add).map(({ body }) => body)).toEqual([
    {
      orgId: ORG,
      name: '四楼',
      place: '',
      capacity: 8,
      equipment: '白板',
      opensMin: 510,
      closesMin: 1_230,
      maxMin: 1_440,
      needsApproval: true,
    },
  ])
  expect(wechat.state.moves.at(-1)).toBe('navigateBack')
})

it('keeps hours that it would not offer, disables a room after a question, and says why it cannot', async () => {
  const { page, api } = await open('room', rooms(room()), { id: ID })
  await until(() => !page.data.isNew)
  expect(page.data.closesNames[page.data.closes]).toBe('20:15')
  const path = `/wx/admin/rooms/${ID}`
  api.answers[path] = failed(400, 402)
  await page.onDisable()
  expect(api.to(path).map(({ body }) => body)).toEqual([{ version: 4, disabled: true }])
  expect(page.data.failure).toMatchObject({ errno: 402 })

  api.answers[path] = ok({ version: 5 })
  api.answers[ROOMS] = ok({ rooms: [room({ disabled: true, version: 5 })] })
  await page.onDisable()
  expect(page.data).toMatchObject({ failure: null, room: { disabled: true } })
  await page.onEnable()
  expect(api.to(path).at(-1)?.body).toEqual({ version: 5, disabled: false })
})

it('changes the rules under the version that was read, and shows the present ones when it is stale', async () => {
  const policy: PolicyResult = {
    approval: 'none',
    memberMayConvene: true,
    lateAfterMin: 7,
    checkInOpensMin: 30,
    remindMin: 15,
    version: 3,
  }
  const path = '/wx/admin/policy'
  const { page, api } = await open('policy', { [`${path}?orgId=${ORG}`]: ok(policy) })
  await until(() => page.data.isLoaded)
  expect(page.data.lateNames[page.data.late]).toBe('7 分钟')
  const theirs = { ...policy, approval: 'rooms', version: 4 }
  api.script(({ method, path: to }: Call) =>
    to === path && method === 'POST' ? failed(409, 504) : undefined,
  )
  api.answers[`${path}?orgId=${ORG}`] = ok(theirs)
  page.onPick(picked('approval', 2))
  page.onConvene(form(false))
  await page.onSave()
  expect(api.to(path).at(-2)?.body).toEqual({
    ...policy,
    orgId: ORG,
    approval: 'all',
    memberMayConvene: false,
  })
  expect(page.data).toMatchObject({ failure: { errno: 504 }, approval: 1, memberMayConvene: true })

  api.script(() => undefined)
  api.answers[path] = ok({ ...theirs, approval: 'all', version: 5 })
  page.onPick(picked('approval', 2))
  await page.onSave()
  expect(page.data).toMatchObject({ failure: null, approval: 2 })
})

it('shows what the company plans week by week, with the pages of a full one', async () => {
  const path = '/wx/admin/meetings'
  const { page, api } = await open('meetings', {
    [path]: ok({ items: [card()], next: '2026-12-01T00:00:00.000Z~1' }),
  })
  await until(() => page.data.isLoaded)
  expect(page.data).toMatchObject({ week: '本周', cards: [{ title: '周例会' }] })
  await page.onMore()
  expect(page.data.cards).toHaveLength(2)

  api.answers[path] = ok({ items: [] })
  await page.onLater()
  expect(page.data).toMatchObject({ cards: [], next: '', isLoaded: true })
  expect(page.data.week).toMatch(/^\d{4}-\d{2}-\d{2} 至 \d{4}-\d{2}-\d{2}$/)
  const [first, , second] = api.to(path).map(({ query }) => query)
  expect(new Date(first?.from ?? '').getDay()).toBe(1)
  expect(second?.from).toBe(first?.to)
})

it('tells who did what, the newest first, and older entries when asked', async () => {
  const entry = (kind: string, detail: string, actor: string | null = '陈静') => ({
    at: '2026-11-30T08:00:00.000Z',
    kind,
    actor,
    subject: ID,
    about: '周例会',
    detail,
  })
  const hundred = [
    entry('meeting', 'move pending'),
    entry('meeting', 'begin running', null),
    entry('meeting', 'expire rejected', null),
    entry('member_changed', 'suspend'),
    entry('attendance', `checked in ${ID}`),
    entry('founded', '', null),
    entry('of later', 'whatever'),
    ...Array.from({ length: 93 }, () => entry('room', 'capacity opensMin')),
  ]
  const path = '/wx/admin/audit'
  const { page, api } = await open('audit', { [path]: ok({ items: hundred }) })
  await until(() => page.data.isLoaded)

  expect(page.data.items.slice(0, 8).map(({ what }: { what: string }) => what)).toEqual([
    '会议 · 改时间或地点',
    '会议 · 到时开始',
    '会议 · 逾期未审批',
    '修改成员 · 停用',
    '代为签到 · 补签',
    '创建组织',
    '其他操作',
    '会议室 · 容纳人数 · 开放时间',
  ])
  const who = page.data.items.map((item: { who: string }) => item.who.split(' · ')[0])
  expect([who[0], who[1], who[5]]).toEqual(['陈静', '系统（到时自动）', '系统管理员'])
  api.answers[path] = ok({ items: [entry('founded', '')] })
  await page.onMore()
  expect(api.to(path).at(-1)?.query).toMatchObject({ before: '2026-11-30T08:00:00.000Z' })
  expect(page.data).toMatchObject({ mayBeMore: false })
  expect(page.data.items).toHaveLength(101)
})
