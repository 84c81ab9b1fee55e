import type { InboxItem } from '@oa/contracts'
import { expect, it } from 'vitest'
import { failed, ok, startApi } from './support/api'
import { ID, tapOn, tomorrow } from './support/meetings'
import { openSignedIn, start } from './support/start'
import { until } from './support/until'

const NOTICES = 'pages/notice/list/list'
const LIST = '/wx/notice/list'
const READ = '/wx/notice/read'
const NOW = new Date().toISOString()

const line = (changes: Partial<InboxItem> = {}): InboxItem => ({
  kind: 'invited',
  at: NOW,
  read: false,
  orgName: '青禾科技',
  voteId: null,
  meetingId: ID,
  title: '周例会',
  startsAt: tomorrow(14),
  reason: null,
  ...changes,
})

const open = async (items: InboxItem[], language = 'zh_CN') => {
  const api = await startApi()
  api.answers[LIST] = ok({ items, unread: items.length })
  api.answers[READ] = ok({ unread: 0 })
  const running = await openSignedIn(api, NOTICES, ({ state }) => {
    state.language = language
  })
  await until(() => running.page.data.isLoaded)

  return running
}

it('says in words what happened, when and why', async () => {
  const { page } = await open([line({ kind: 'cancelled', reason: '主持人出差' })])

  expect(page.data.lines).toMatchObject([
    { text: '会议已取消', details: ['会议时间：明天 14:00', '原因：主持人出差'] },
  ])
  expect(page.data.lines[0].label).toContain('未读 会议已取消 周例会')
  expect(page.data.lines[0].from).toMatch(/^今天 \d\d:\d\d · 青禾科技$/)
})

it.each([
  ['zh_CN', ['邀请你参加会议', '有会议等你审批', '有新的消息']],
  ['en', ['You are invited', 'A meeting awaits your approval', 'News for you']],
])('speaks %s, and has a word for a kind that it does not know', async (language, texts) => {
  const unknown = { kind: 'a_new_one' } as unknown as Partial<InboxItem>
  const lines = [line(), line({ kind: 'approval_todo' }), line(unknown)]
  const { page } = await open(lines, language)

  expect(page.data.lines.map(({ text }: { text: string }) => text)).toEqual(texts)
})

it('opens the meeting, and reads what is about it', async () => {
  const { api, page, wechat } = await open([line()])
  await page.onLine(tapOn({ id: ID }))

  expect(wechat.state.moves).toEqual([`navigateTo /pages/meeting/detail/detail?id=${ID}`])
  expect(api.to(READ).map(({ body }) => body)).toEqual([{ meetingId: ID }])
})

it('does not ask to read what is read, and leads nowhere without a meeting', async () => {
  const { api, page, wechat } = await open([line({ read: true }), line({ meetingId: null })])
  await page.onLine(tapOn({ id: ID }))
  await page.onLine(tapOn({ id: '' }))

  expect(api.to(READ)).toEqual([])
  expect(wechat.state.moves).toHaveLength(1)
})

it('reads everything up to the newest line that it shows, and no later one', async () => {
  const newest = '2026-12-01T08:00:00.000Z'
  const { api, page } = await open([line({ at: newest }), line({ at: '2026-12-01T07:00:00.000Z' })])
  await page.onReadAll()

  expect(api.to(READ).map(({ body }) => body)).toEqual([{ upTo: newest }])
})

it('leaves the lines unread when that fails, and says so', async () => {
  const { api, page, wechat } = await open([line()])
  api.script(({ path }) => (path === READ ? failed(500, 502) : undefined))
  await page.onReadAll()

  expect(page.data).toMatchObject({ unread: 1, busy: false })
  expect(wechat.state.toasts.at(-1)).toContain('服务出错了')
})

it('shows the number at the tab, and none after everything was read', async () => {
  const { api, page, openPage, wechat } = await open([line(), line()])
  const centre = await openPage('pages/meeting/list/list')
  expect(wechat.state.badges).toEqual({ 0: '2' })
  api.answers[LIST] = ok({ items: [line({ read: true })], unread: 0 })
  await page.onReadAll()
  await centre.onShow()

  expect(wechat.state.badges).toEqual({})
})

it('shows no number any more once the session is over, on a tab that is open too', async () => {
  const { openPage, wechat, forgetSession } = await open([line()])
  await openPage('pages/meeting/list/list')
  expect(wechat.state.badges).toEqual({ 0: '1' })
  forgetSession()

  expect(wechat.state.badges).toEqual({})
})

it('sends no request for a guest', async () => {
  const api = await startApi()
  const { openPage } = await start({ base: api.base })
  const page = await openPage(NOTICES)

  expect(page.data.hasLogin).toBe(false)
  expect(api.calls).toEqual([])
})
