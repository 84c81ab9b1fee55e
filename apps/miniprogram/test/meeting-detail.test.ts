import type { ConsentsResult, MeetingResult } from '@oa/contracts'
import { expect, it } from 'vitest'
import type { Call } from './support/api'
import { failed, ok, startApi } from './support/api'
import { ID, meeting, tapOn } from './support/meetings'
import { signedIn, start } from './support/start'
import { until } from './support/until'

const DETAIL = 'pages/meeting/detail/detail'
const READ = `/wx/meeting/${ID}`

const CONSENTS = '/wx/notice/consents'

const open = async (
  shown: MeetingResult = meeting(),
  consents: ConsentsResult = { templates: [], countedBy: 'client' },
) => {
  const api = await startApi()
  api.validTokens.add('token-0')
  api.answers[READ] = ok(shown)
  api.answers[CONSENTS] = ok(consents)
  const running = await start({ base: api.base, prepare: signedIn(api.base) })
  running.pages.push({})
  const page = await running.openPage(DETAIL, { id: ID })
  await until(() => page.data.isLoaded || page.data.isMissing || page.data.failure)

  return { api, page, ...running }
}
const answerOnce = (api: Awaited<ReturnType<typeof open>>['api'], path: string, answer: object) => {
  let isDone = false
  api.script((call: Call) => {
    if (isDone || call.path !== path) return undefined
    isDone = true
    return answer
  })
}

it('shows the meeting, and says once that it was seen', async () => {
  const { api, page } = await open()
  await until(() => api.to(`${READ}/seen`).length === 1)
  await page.onShow()

  expect(page.data).toMatchObject({ title: '周例会', stateText: '待开', mayReply: true })
  expect(page.data.fields).toContainEqual({ name: '地点', value: '三楼会议室' })
  expect(page.data.counts).toBe('参加 0 · 请假 0 · 未回复 3 · 已读 1')
  expect(api.to(`${READ}/seen`)).toHaveLength(1)
})

it('tells organisers what became of the messages, and nobody else', async () => {
  const shown = meeting()
  const messages = { sent: 41, noConsent: 12, unknown: 1, waiting: 0, failed: 0 }
  const { page } = await open({
    ...shown,
    details: shown.details && { ...shown.details, messages },
  })
  const other = await open()

  expect(page.data.delivery).toBe('微信已送达 41 · 无授权 12 · 未知 1')
  expect(other.page.data.delivery).toBe('')
})

it('does not say so for who does not take part, or said it before', async () => {
  const { api } = await open(meeting({ myReply: null }))
  const seen = meeting()
  const other = await open({
    ...seen,
    details: seen.details && { ...seen.details, mySeenAt: seen.startsAt },
  })

  expect([...api.to(`${READ}/seen`), ...other.api.to(`${READ}/seen`)]).toEqual([])
})

it('replies with the sequence that was shown, and a reason where there is one', async () => {
  const { api, page, wechat } = await open()
  await page.onReply(tapOn({ reply: 'yes' }))
  wechat.state.modalText = ' 出差 '
  await page.onReply(tapOn({ reply: 'no' }))
  wechat.state.modalText = ''
  await page.onReply(tapOn({ reply: 'no' }))

  expect(api.to(`${READ}/reply`).map(({ body }) => body)).toEqual([
    { sequence: 1, reply: 'yes' },
    { sequence: 1, reply: 'no', reason: '出差' },
    { sequence: 1, reply: 'no' },
  ])
  expect(wechat.state.toasts).toContain('已请假')
})

it('asks for reminders of what comes next in the tap of a reply, which does not depend on it', async () => {
  const { api, page, wechat } = await open(meeting(), {
    templates: [
      { kind: 'starting', id: 'starting-1', left: 0 },
      { kind: 'changed', id: 'changed-1', left: 3 },
      { kind: 'vote', id: 'vote-1', left: 0 },
    ],
    countedBy: 'client',
  })
  await page.onShow()
  await page.onReply(tapOn({ reply: 'yes' }))
  await until(() => api.to(CONSENTS).some(({ method }) => method === 'POST'))
  // Three are put by already, or it is about something else.
  expect(wechat.state.subscribed).toEqual([['starting-1']])
  expect(api.to(CONSENTS).at(-1)?.body).toEqual({ accepted: ['starting-1'] })

  wechat.state.subscribe = 'reject'
  await page.onReply(tapOn({ reply: 'yes' }))
  await page.onReply(tapOn({ reply: 'yes' }))
  await page.onReply(tapOn({ reply: 'no' }))
  expect(wechat.state.subscribed).toHaveLength(2)
  expect(api.to(`${READ}/reply`)).toHaveLength(4)
})

it('does nothing when the user thinks better of it', async () => {
  const { api, page, wechat } = await open(meeting({ may: ['end', 'cancel', 'delete', 'copy'] }))
  wechat.state.modalAnswer = false
  wechat.state.sheetIndex = undefined
  for (const action of ['end', 'cancel', 'delete', 'copy']) await page.onAction(tapOn({ action }))
  await page.onReply(tapOn({ reply: 'no' }))

  expect(api.calls.every(({ method, path }) => method === 'GET' || path.endsWith('seen'))).toBe(
    true,
  )
})

it('repeats what was not answered with the content that it had', async () => {
  const { api, page, wechat } = await open(meeting({ may: ['cancel'] }))
  answerOnce(api, `${READ}/cancel`, failed(500, 502))
  wechat.state.modalText = '主持人出差'
  await page.onAction(tapOn({ action: 'cancel' }))
  expect(page.data).toMatchObject({ failure: { errno: 502 }, failureTitle: '操作未完成' })
  wechat.state.modalText = 'something else'
  await page.onRetry()

  const body = { version: 2, reason: '主持人出差' }
  expect(api.to(`${READ}/cancel`).map((call) => call.body)).toEqual([body, body])
  expect(page.data.failure).toBeNull()
})

it('copies under one number until it is answered', async () => {
  const { api, page, wechat } = await open(meeting({ may: ['copy'] }))
  answerOnce(api, `${READ}/copy`, failed(500, 502))
  wechat.state.sheetIndex = 3
  await page.onAction(tapOn({ action: 'copy' }))
  api.answers[`${READ}/copy`] = ok({ ids: ['1', '2', '3', '4'] })
  await page.onAction(tapOn({ action: 'copy' }))

  const [first, repeated] = api.to(`${READ}/copy`).map(({ body }) => body)
  expect(first).toMatchObject({ weeks: 4, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) })
  expect(repeated).toEqual(first)
  expect(wechat.state.toasts.at(-1)).toBe('已复制 4 次会议')
})

it.each([504, 727])('shows what it is now when it was changed meanwhile (%i)', async (errno) => {
  const { api, page, wechat } = await open(meeting({ may: ['start'] }))
  api.answers[READ] = ok(meeting({ state: 'running', version: 3, may: [] }))
  answerOnce(api, `${READ}/start`, failed(409, errno))
  await page.onAction(tapOn({ action: 'start' }))

  expect(page.data).toMatchObject({ state: 'running', buttons: [], failure: null, busy: '' })
  expect(wechat.state.toasts.at(-1)).toContain('会议已有变更')
})

it.each(['reject', 'cancel'])('asks for a reason before it can %s', async (action) => {
  const { api, page, wechat } = await open(meeting({ may: ['reject', 'cancel'] }))
  wechat.state.modalText = '  '
  await page.onAction(tapOn({ action }))
  expect(wechat.state.toasts).toEqual(['请填写原因'])
  wechat.state.modalText = '长'.repeat(201)
  await page.onAction(tapOn({ action }))
  expect(wechat.state.toasts.at(-1)).toContain('200')

  expect(api.calls.filter(({ method }) => method === 'POST')).toHaveLength(1)
})

it('offers what the server says, and nothing else', async () => {
  const { page } = await open(meeting({ may: ['delete', 'submit', 'update'] }))

  expect(page.data.buttons.map(({ text }: { text: string }) => text)).toEqual([
    '提交',
    '编辑',
    '删除草稿',
  ])
  expect(page.data.mayReply).toBe(false)
})

it('shows a stranger that there is nothing, and how to be invited', async () => {
  const { api, page, wechat } = await open()
  api.script(() => failed(404, 708))
  await page.onShow()

  expect(page.data).toMatchObject({ isMissing: true, isLoaded: false, title: '', fields: [] })
  page.onHome()
  expect(wechat.state.moves.at(-1)).toBe('switchTab /pages/index/index')
})

it('shows who only administers the company that it is an outline', async () => {
  const { page } = await open(meeting({ details: null, myReply: null, may: ['cancel'] }))

  expect(page.data).toMatchObject({ hasDetails: false, agenda: '', mayReply: false })
})

it('offers a guest to sign in, and loads when they come back', async () => {
  const api = await startApi()
  api.answers[READ] = ok(meeting())
  const { openPage, loginByWeixin } = await start({ base: api.base })
  const page = await openPage(DETAIL, { id: ID })
  expect(page.data).toMatchObject({ hasLogin: false, isLoaded: false })
  expect(api.calls).toEqual([])
  await loginByWeixin()
  await page.onShow()

  expect(page.data).toMatchObject({ hasLogin: true, title: '周例会' })
})

it('goes out as a card that names the meeting and its time', async () => {
  const { page } = await open()

  expect(page.onShareAppMessage()).toEqual({
    title: '周例会 明天 14:00–15:00',
    path: `/pages/meeting/detail/detail?id=${ID}`,
  })
})

it('leaves the page when the draft is deleted', async () => {
  const { page, wechat } = await open(meeting({ state: 'draft', may: ['delete'] }))
  await page.onAction(tapOn({ action: 'delete' }))

  expect(wechat.state.modal).toMatchObject({ confirmText: '删除' })
  expect(wechat.state.moves.at(-1)).toBe('navigateBack')
})

it.each([
  ['code', 'late', '已签到 09:58 · 迟到'],
  ['code', 'present', '已签到 09:58 · 准时'],
  // The time of the record says nothing about when they came.
  ['hand', 'present', '已到'],
] as const)('says how the user was checked in: by %s, %s', async (myCheckInWay, myStatus, text) => {
  const shown = meeting({ state: 'running', may: ['show_code'] })
  const myCheckedInAt = new Date(2026, 11, 1, 9, 58).toISOString()
  const { page, wechat } = await open({
    ...shown,
    details: shown.details && { ...shown.details, myCheckedInAt, myStatus, myCheckInWay },
  })
  expect(page.data).toMatchObject({ checkedIn: text, mayCheckIn: false, mayShowCode: true })
  expect(page.data.counts).toBe('已到 0 / 3')
  page.onCode()
  expect(wechat.state.moves).toEqual([`navigateTo /packages/meeting/code/code?id=${ID}`])
})

it('says on the day when check-in begins, and offers to scan once it has', async () => {
  const soon = new Date(Date.now() + 60_000)
  const shown = meeting({ startsAt: soon.toISOString() })
  const opensLater = { ...shown.details, checkInOpensAt: soon.toISOString() }
  const { page } = await open({ ...shown, details: opensLater as MeetingResult['details'] })
  const isToday = soon.toDateString() === new Date().toDateString()
  if (isToday) expect(page.data.opensAt).toMatch(/^\d\d:\d\d 开始签到$/)
  const other = await open(meeting({ may: ['reply', 'check_in'] }))
  other.page.onCheckIn()

  expect(other.page.data).toMatchObject({ opensAt: '', mayCheckIn: true })
  expect(other.wechat.state.moves).toEqual([
    `navigateTo /pages/meeting/check_in/check_in?scan=1&id=${ID}`,
  ])
})
