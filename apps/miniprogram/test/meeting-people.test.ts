import type { Member } from '@oa/contracts'
import { expect, it } from 'vitest'
import type { Call } from './support/api'
import { failed, ok, startApi } from './support/api'
import { attendant, ID, LEI, ME, meeting, ORG, picked, tapOn, tomorrow } from './support/meetings'
import type { Instance } from './support/start'
import { signedIn, start } from './support/start'
import { until } from './support/until'

const member = (id: string, name: string): Member => ({
  id,
  name,
  title: '',
  department: null,
  avatarUrl: '',
  role: 'member',
})
const MEI = member('mei', '韩梅梅')
const names = ({ data }: Instance) => data.rows.map(({ name }: { name: string }) => name)

const prepare = async () => {
  const api = await startApi()
  api.validTokens.add('token-0')
  const running = await start({ base: api.base, prepare: signedIn(api.base) })
  running.pages.push({})

  return { api, ...running }
}

const openPick = async (kind: string, chosen: object[] = []) => {
  const { api, wechat, openPage } = await prepare()
  const sent: { picked?: unknown } = {}
  api.answers['/wx/org/departments'] = ok({ departments: [{ id: 'd1', name: '研发部' }] })
  api.script(({ path, query }: Call) =>
    path === '/wx/org/members' && query?.cursor
      ? ok({ items: [{ ...MEI, role: 'admin' }] })
      : undefined,
  )
  api.answers['/wx/org/members'] = ok({ items: [member(LEI.id, '李雷')], next: LEI.id })
  wechat.state.openerEvents = {
    picked: (people) => {
      sent.picked = people
    },
  }
  wechat.state.openedEvents = { chosen }
  const page = await openPage('packages/meeting/pick/pick', { kind, orgId: ORG })
  await until(() => page.data.isLoaded && page.data.departments.length > 0)

  return { api, wechat, page, sent }
}

it('chooses several people, keeps who was chosen, and forgets on a second tap', async () => {
  const { page, sent, wechat } = await openPick('participants', [ME])
  page.onPerson(tapOn({ id: LEI.id }))
  expect(page.data).toMatchObject({ done: '完成（已选 2 人）', rows: [{ chosen: true }] })
  page.onDone()
  expect(sent.picked).toEqual([ME, LEI])
  expect(wechat.state.moves).toEqual(['navigateBack'])
  page.onPerson(tapOn({ id: LEI.id }))
  page.onDone()
  expect(sent.picked).toEqual([ME])
})

it('chooses everybody of a department, over all its pages', async () => {
  const { api, page, sent } = await openPick('participants')
  await page.onDepartment(picked('1'))
  expect(api.calls.at(-1)?.query).toEqual({ orgId: ORG, departmentId: 'd1' })
  api.script(({ path, query }: Call) =>
    path === '/wx/org/members' && query?.cursor ? ok({ items: [MEI] }) : undefined,
  )
  await page.onAll()
  page.onDone()

  expect(sent.picked).toEqual([LEI, { id: 'mei', name: '韩梅梅' }])
})

it('keeps nobody out silently: more than a meeting takes is said', async () => {
  const many = Array.from({ length: 2000 }, (_, index) => ({
    id: `m${index}`,
    name: `成员${index}`,
  }))
  const { page, wechat, sent } = await openPick('observers', many)
  page.onPerson(tapOn({ id: LEI.id }))
  page.onDone()

  expect(wechat.state.toasts).toEqual(['最多选择 2000 人'])
  expect(sent.picked).toHaveLength(2000)
})

it('takes one person at once where there is one, or nobody', async () => {
  const { page, sent } = await openPick('recorder')
  page.onPerson(tapOn({ id: LEI.id }))
  expect(sent.picked).toEqual([LEI])
  page.onUnset()
  expect(sent.picked).toEqual([])
})

it('asks for administrators alone as approvers, and for everybody else otherwise', async () => {
  const roles = async (kind: string) =>
    (await openPick(kind)).api.to('/wx/org/members').map(({ query }) => query?.role)

  expect(await roles('auditor')).toEqual(['admin'])
  expect(await roles('participants')).toEqual([undefined])
})

it('shows who matches what was typed last', async () => {
  const { api, page } = await openPick('participants')
  api.script(({ path, query }: Call) =>
    path === '/wx/org/members' ? ok({ items: query?.q === '韩' ? [MEI] : [] }) : undefined,
  )
  page.onSearch({ detail: { value: 'h' } })
  page.onSearch({ detail: { value: ' 韩 ' } })
  await until(() => names(page)[0] === '韩梅梅')

  expect(api.calls.filter(({ query }) => query?.q !== undefined)).toHaveLength(1)
})

const openRooms = async (rooms: object[]) => {
  const { api, wechat, openPage } = await prepare()
  const sent: { chosen?: unknown } = {}
  api.answers['/wx/room/free'] = ok({ rooms })
  wechat.state.openerEvents = {
    chosen: (room) => {
      sent.chosen = room
    },
  }
  const query = { orgId: ORG, from: tomorrow(14), to: tomorrow(15), people: '3', meetingId: '' }
  const page = await openPage('packages/meeting/room/room', query)
  await until(() => page.data.isLoaded)

  return { api, wechat, page, sent }
}
const ROOM = {
  id: 'r1',
  name: '三楼会议室',
  place: 'A 座',
  capacity: 12,
  equipment: '投影',
  needsApproval: true,
  opensMin: 0,
  closesMin: 1440,
  maxMin: 1440,
  disabled: false,
  version: 1,
}

it('shows the rooms that are free, with what decides, and takes one or none', async () => {
  const { api, page, sent } = await openRooms([ROOM])
  expect(page.data.rooms).toMatchObject([
    { name: '三楼会议室', details: 'A 座 · 可容纳 12 人 · 投影 · 使用需要审批' },
  ])
  expect(page.data.heading).toBe('明天 14:00–15:00 空闲的会议室')
  expect(api.calls.at(-1)?.query).toEqual({
    orgId: ORG,
    from: tomorrow(14),
    to: tomorrow(15),
    people: '3',
  })
  page.onChoose(tapOn({ id: 'r1' }))
  expect(sent.chosen).toEqual({ id: 'r1', name: '三楼会议室' })
  page.onChoose(tapOn({ id: '' }))
  expect(sent.chosen).toBeNull()
})

const openPeople = async (items: object[], may: string[]) => {
  const { api, wechat, openPage } = await prepare()
  api.answers[`/wx/meeting/${ID}`] = ok({ ...meeting(), may })
  api.answers[`/wx/meeting/${ID}/people`] = ok({ items })
  const page = await openPage('packages/meeting/people/people', { id: ID })
  await until(() => page.data.isLoaded)

  return { api, wechat, page }
}

it('shows organisers who comes, who has seen it, and why not', async () => {
  const items = [
    attendant({ role: 'host', reply: 'yes', seen: true }),
    attendant({ memberId: 'mei', name: '韩梅梅', reply: 'no', reason: '出差', seen: false }),
  ]
  const { api, page } = await openPeople(items, ['remind'])
  expect(page.data.rows).toMatchObject([
    { details: '主持人 · 已读', reply: '参加', reason: '' },
    { details: '参与者 · 未读', reply: '请假', reason: '原因 出差' },
  ])
  api.answers[`/wx/meeting/${ID}/people`] = ok({ items: [] })
  await page.onFilter(tapOn({ filter: 'none' }))

  expect(api.calls.at(-1)?.query).toEqual({ filter: 'none' })
  expect(page.data.filters).toHaveLength(5)
  expect(page.data.rows).toEqual([])
})

it('shows participants the names alone, without filters', async () => {
  const { page } = await openPeople([attendant()], [])

  expect(page.data).toMatchObject({ filters: [], mayRemind: false, rows: [{ reply: '' }] })
})

it('reminds, and says whom, or that it is too early', async () => {
  const { api, page, wechat } = await openPeople([attendant({ seen: false })], ['remind'])
  const path = `/wx/meeting/${ID}/remind`
  api.answers[path] = ok({ reminded: 2 })
  await page.onRemind()
  api.answers[path] = failed(409, 729)
  await page.onRemind()

  expect(wechat.state.toasts).toEqual(['已提醒 2 人', expect.stringContaining('errno 729')])
})
