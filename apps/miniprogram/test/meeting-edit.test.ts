import { expect, it } from 'vitest'
import type { Answer, Call } from './support/api'
import { failed, ok, startApi } from './support/api'
import { attendant, ID, LEI, ME, MEMBERSHIP, meeting, ORG, picked, tapOn } from './support/meetings'
import { signedIn, start } from './support/start'
import { until } from './support/until'

const EDIT = 'packages/meeting/edit/edit'
const CREATE = '/wx/meeting'
const UPDATE = `/wx/meeting/${ID}/update`
const SUBMIT = `/wx/meeting/${ID}/submit`
const typed = (field: string, value: string) => picked(value, { field })

const open = async (query: Record<string, string> = {}, memberships = [MEMBERSHIP]) => {
  const api = await startApi()
  api.validTokens.add('token-0')
  api.answers['/wx/org/mine'] = ok({ memberships })
  api.answers[CREATE] = ok({ id: ID, version: 1 })
  api.answers[UPDATE] = ok({ state: 'draft', version: 2, repliesReset: false })
  api.answers[SUBMIT] = ok({ state: 'scheduled', version: 3 })
  const running = await start({ base: api.base, prepare: signedIn(api.base) })
  running.pages.push({})
  const openEdit = async () => {
    const page = await running.openPage(EDIT, query)
    await until(() => page.data.isReady || page.data.isMissing || page.data.failure)
    return page
  }

  return { api, openEdit, ...running }
}
const openNew = async (memberships = [MEMBERSHIP]) => {
  const opened = await open({}, memberships)

  return { ...opened, page: await opened.openEdit() }
}
const openKnown = async (changes: Parameters<typeof meeting>[0] = {}) => {
  const opened = await open({ id: ID })
  opened.api.answers[`/wx/meeting/${ID}`] = ok(
    meeting({ state: 'draft', may: ['update', 'submit'], host: ME, ...changes }),
  )
  opened.api.answers[`/wx/meeting/${ID}/people`] = ok({
    items: [attendant({ memberId: ME.id, role: 'host' }), attendant()],
  })

  return { ...opened, page: await opened.openEdit() }
}
/** Answers the first request to that path in this way, all others by the contract. */
const once = (
  opened: { api: Awaited<ReturnType<typeof startApi>> },
  path: string,
  answer: Answer,
) => {
  let isDone = false
  opened.api.script((call: Call) => {
    if (isDone || call.path !== path) return undefined
    isDone = true
    return answer
  })
}

it('keeps the draft as one goes: made once, changed after that', async () => {
  const { api, page } = await openNew()
  page.onText(typed('title', '周例会'))
  await page.saveDraft()
  page.pick('participants', [LEI])
  await page.saveDraft()
  await page.saveDraft()

  expect(api.to(CREATE).map(({ body }) => body)).toMatchObject([
    { orgId: ORG, title: '周例会', hostId: ME.id, participantIds: [] },
  ])
  expect(api.to(UPDATE).map(({ body }) => body)).toEqual([{ version: 1, participantIds: [LEI.id] }])
  expect(page.data.status).toMatch(/^草稿已保存 \d\d:\d\d$/)
})

it('does not call kept what was changed while it was saved', async () => {
  const opened = await openNew()
  const { api, page } = opened
  page.onText(typed('title', '周例会'))
  api.script(({ path }: Call) => {
    if (path === CREATE) page.pick('participants', [LEI])
    return undefined
  })
  await page.saveDraft()
  expect(page.data.status).toBe('')
  await page.saveDraft()

  expect(page.data.status).toContain('草稿已保存')
  expect(api.to(UPDATE).map(({ body }) => body)).toEqual([{ version: 1, participantIds: [LEI.id] }])
})

it('keeps nothing without a title, and says that it is not saved', async () => {
  const { api, page } = await openNew()
  page.pick('participants', [LEI])
  await page.saveDraft()

  expect(api.to(CREATE)).toEqual([])
  expect(page.data.status).toBe('草稿尚未保存')
})

it('repeats the same creation after a lost answer, and sends the rest as a change', async () => {
  const opened = await openNew()
  const { api, page } = opened
  once(opened, CREATE, failed(500, 502))
  page.onText(typed('title', '周例会'))
  await page.saveDraft()
  expect(page.data.status).toBe('草稿尚未保存')
  page.onText(typed('title', '月例会'))
  await page.saveDraft()

  const [first, second] = api.to(CREATE).map(({ body }) => body)
  expect(second).toEqual(first)
  expect(first).toMatchObject({ title: '周例会' })
  expect(api.to(UPDATE).map(({ body }) => body)).toEqual([{ version: 1, title: '月例会' }])
})

it('repeats the same change after a lost answer, before the next one', async () => {
  const opened = await openKnown()
  const { api, page } = opened
  once(opened, UPDATE, 'cut')
  page.onText(typed('title', '一'))
  await page.saveDraft()
  api.answers[UPDATE] = ok({ state: 'draft', version: 9, repliesReset: false })
  page.onText(typed('title', '二'))
  await page.saveDraft()

  expect(api.to(UPDATE).map(({ body }) => body)).toEqual([
    { version: 2, title: '一' },
    { version: 2, title: '一' },
    { version: 9, title: '二' },
  ])
})

it('says at once why the user may not call meetings', async () => {
  const opened = await openNew()
  once(opened, CREATE, failed(403, 506))
  opened.page.onText(typed('title', '周例会'))
  await opened.page.saveDraft()

  expect(opened.page.data).toMatchObject({ failure: { errno: 506 }, status: '草稿尚未保存' })
})

it('submits what is on the form, and shows the meeting', async () => {
  const { api, page, wechat } = await openNew()
  page.onText(typed('title', '周例会'))
  page.pick('participants', [LEI])
  await page.onSubmit()

  expect(api.to(CREATE)).toHaveLength(1)
  expect(api.to(SUBMIT).map(({ body }) => body)).toEqual([{ version: 1 }])
  expect(wechat.state.moves.at(-1)).toBe(`redirectTo /pages/meeting/detail/detail?id=${ID}`)
})

it('submits again with the same version after a lost answer', async () => {
  const opened = await openNew()
  const { api, page } = opened
  page.onText(typed('title', '周例会'))
  page.pick('participants', [LEI])
  once(opened, SUBMIT, 'cut')
  await page.onSubmit()
  expect(page.data).toMatchObject({ failureTitle: '提交失败', busy: false })
  await page.onRetry()

  expect(api.to(SUBMIT).map(({ body }) => body)).toEqual([{ version: 1 }, { version: 1 }])
  expect(api.to(CREATE)).toHaveLength(1)
})

it('says what is missing, each where it belongs, and sends nothing', async () => {
  const { api, page } = await openNew()
  page.onEnd(picked(page.data.start.time, { part: 'time' }))
  page.onEnd(picked(page.data.start.date, { part: 'date' }))
  await page.onSubmit()

  expect(page.data.errors).toEqual({
    title: '请填写会议名称',
    time: '结束时间要晚于开始时间',
    people: '除主持人外，至少选择一位参与者',
  })
  expect(api.calls.filter(({ method }) => method === 'POST')).toEqual([])
})

it.each([
  [SUBMIT, 409, 728, 'room', '已被占用'],
  [SUBMIT, 409, 729, 'time', 'errno 729'],
  [SUBMIT, 400, 402, 'auditor', '需要审批'],
  [SUBMIT, 400, 720, 'title', '内容'],
  [CREATE, 400, 402, 'time', 'errno 402'],
])('shows what %s refuses (%i, %i) beside the %s', async (path, status, errno, place, text) => {
  const opened = await openNew()
  const { page } = opened
  page.onText(typed('title', '周例会'))
  page.pick('participants', [LEI])
  once(opened, path, failed(status, errno))
  await page.onSubmit()

  expect(Object.keys(page.data.errors)).toEqual([place])
  expect(page.data.errors[place]).toContain(text)
  expect(page.data).toMatchObject({ failure: null, busy: false })
})

it('loads the newest version when somebody else changed the meeting', async () => {
  const opened = await openKnown()
  const { api, page, wechat } = opened
  once(opened, UPDATE, failed(409, 504))
  api.answers[`/wx/meeting/${ID}`] = ok(
    meeting({ state: 'draft', title: '别人改的', version: 5, may: ['update'], host: ME }),
  )
  page.onText(typed('title', '我改的'))
  await page.saveDraft()

  expect(wechat.state.modals).toContain('会议已有变更')
  expect(page.data.title).toBe('别人改的')
})

it('saves an announced meeting only when the user says so, and warns that replies are reset', async () => {
  const { api, page, wechat } = await openKnown({ state: 'scheduled' })
  api.answers[UPDATE] = ok({ state: 'scheduled', version: 3, repliesReset: true })
  page.onStart(picked('16:00', { part: 'time' }))
  await page.saveDraft()
  expect(api.to(UPDATE)).toEqual([])
  await page.onSubmit()

  expect(wechat.state.modal.content).toContain('重新回复')
  expect(api.to(UPDATE)).toHaveLength(1)
  expect(api.to(SUBMIT)).toEqual([])
  expect(wechat.state.toasts.at(-1)).toContain('重新回复')
  expect(wechat.state.moves.at(-1)).toBe('navigateBack')
})

it('asks which company when there are two, and starts over with its people', async () => {
  const other = { ...MEMBERSHIP, orgId: ID, orgName: '蓝海集团', memberId: LEI.id, name: '小明二' }
  const { api, page } = await openNew([
    MEMBERSHIP,
    other,
    { ...other, state: 'suspended' },
    { ...other, mayConvene: false },
  ])
  expect(page.data.companies).toEqual(['青禾科技', '蓝海集团'])
  page.pick('participants', [LEI])
  page.onCompany(picked('1'))
  page.onText(typed('title', '周例会'))
  await page.saveDraft()

  expect(page.data).toMatchObject({ host: '小明二', participants: '', mayChooseCompany: false })
  expect(api.to(CREATE).map(({ body }) => body)).toMatchObject([
    { orgId: ID, hostId: LEI.id, participantIds: [] },
  ])
})

it('lets nobody edit what they do not organise, or without a company', async () => {
  expect((await openKnown({ may: [] })).page.data).toMatchObject({
    isMissing: true,
    isReady: false,
  })
  const mayNot = { ...MEMBERSHIP, mayConvene: false }
  expect((await openNew([mayNot])).page.data).toMatchObject({ isMissing: true })
  expect((await openNew([])).page.data).toMatchObject({ isMissing: true, isReady: false })
})

it('asks for rooms that are free then and seat everybody', async () => {
  const { page, wechat } = await openNew()
  page.pick('participants', [LEI, ME])
  page.onRoom()
  const url = new URL(wechat.state.moves.at(-1)?.split(' ')[1] ?? '', 'http://mini')

  expect(url.pathname).toBe('/packages/meeting/room/room')
  expect(Object.fromEntries(url.searchParams)).toMatchObject({ orgId: ORG, people: '2' })
  wechat.state.openerEvents.chosen?.({ id: 'r', name: '三楼会议室' })
  expect(page.data.room).toBe('三楼会议室')
  page.onPeople(tapOn({ kind: 'host' }))
  wechat.state.openerEvents.picked?.([LEI])
  expect(page.data.host).toBe('李雷')
})
