import { expect, it } from 'vitest'
import { failed, ok, startApi } from './support/api'
import { card, MEMBERSHIP } from './support/meetings'
import { openSignedIn, signedIn, start } from './support/start'
import { until } from './support/until'

const HOME = 'pages/index/index'
const READ = '/wx/home/index'

const open = async (answer: object) => {
  const api = await startApi()
  api.answers[READ] = ok(answer)
  const running = await openSignedIn(api, HOME)
  await until(() => api.to(READ).length > 0 && !running.page.loading)

  return running
}

it('shows a member the next meetings and the inbox, and leads to both', async () => {
  const { page, wechat } = await open({ infoList: [card()], votes: [], unread: 3, guest: false })
  expect(page.data).toMatchObject({ isInCompany: true, unread: '3', inboxLabel: '消息 3' })
  expect(page.data.cards).toMatchObject([{ title: '周例会', when: '明天 14:00–15:00' }])
  expect(wechat.state.badges).toEqual({ 0: '3' })

  page.onInbox()
  page.onCall()
  expect(wechat.state.moves).toEqual([
    'navigateTo /pages/notice/list/list',
    'navigateTo /packages/meeting/edit/edit',
  ])
})

it.each([
  ['goes on', { state: 'running' }, true],
  ['goes on, when the user is there already', { state: 'running', myCheckedIn: true }, false],
  ['is tomorrow', { state: 'scheduled' }, false],
  ['begins today', { state: 'scheduled', startsAt: new Date().toISOString() }, true],
  ['is only approved by the user', { state: 'running', myReply: null }, false],
] as const)('offers to check in when the meeting %s: %o', async (_when, changes, isOffered) => {
  const { page, wechat } = await open({ infoList: [card(changes)], unread: 0, guest: false })
  expect(page.data.mayCheckIn).toBe(isOffered)
  if (!isOffered) return
  page.onCheckIn()
  expect(wechat.state.moves).toEqual(['navigateTo /pages/meeting/check_in/check_in?scan=1'])
})

it('shows nothing of that to who belongs to no company', async () => {
  const { page, wechat } = await open({ infoList: [], votes: [], unread: 0, guest: true })

  expect(page.data).toMatchObject({ isInCompany: false, cards: [], failure: null })
  expect(wechat.state.badges).toEqual({})
})

it('keeps nothing of a company to which the user does not belong any more', async () => {
  const { api, page, wechat } = await open({
    infoList: [card()],
    votes: [],
    unread: 0,
    guest: false,
  })
  api.answers[READ] = ok({ infoList: [], votes: [], unread: 0, guest: true })
  await page.onShow()

  expect(page.data).toMatchObject({ isInCompany: false, cards: [] })
  expect([...wechat.state.storage.values()].join()).not.toContain('周例会')
})

it('shows what was there last while there is no network, and when that was', async () => {
  const { api, openPage } = await open({ infoList: [card()], votes: [], unread: 0, guest: false })
  api.script(() => failed(500, 502))
  const again = await openPage(HOME)
  await until(() => again.data.failure)

  expect(again.data).toMatchObject({ isInCompany: true, cards: [{ title: '周例会' }] })
  expect(again.data.keptAt).toContain('今天')
})

it('loads companies as well as meetings again when the user retries', async () => {
  const api = await startApi()
  api.answers['/wx/org/mine'] = ok({ memberships: [MEMBERSHIP] })
  api.script(() => failed(500, 502))
  const { page } = await openSignedIn(api, HOME)
  await until(() => page.data.failure)
  expect(page.data).toMatchObject({ memberships: [] })
  api.script(() => undefined)
  await page.onRetry()

  expect(page.data).toMatchObject({ failure: null, memberships: [{ orgName: '青禾科技' }] })
})

it('offers to call a meeting to those who may, here and at the list', async () => {
  const api = await startApi()
  api.answers[READ] = ok({ infoList: [], votes: [], unread: 0, guest: false })
  api.answers['/wx/org/mine'] = ok({ memberships: [{ ...MEMBERSHIP, mayConvene: false }] })
  const { page, openPage } = await openSignedIn(api, HOME)
  await until(() => page.data.memberships.length)
  const list = await openPage('pages/meeting/list/list')

  expect([page.data.mayCall, list.data.mayCall]).toEqual([false, false])
})

it('waits for the renewal at start where the token is known to be over', async () => {
  const api = await startApi()
  api.answers[READ] = ok({ infoList: [card()], votes: [], unread: 0, guest: false })
  const { launch, openPage } = await start({
    base: api.base,
    prepare: (wechat) => {
      signedIn(api.base)(wechat)
      wechat.wx.setStorageSync('tokenExpire', '2020-01-01T00:00:00.000Z')
    },
  })
  await launch()
  const page = await openPage(HOME)
  await until(() => page.data.isInCompany)

  expect(api.calls.filter(({ token }) => token === 'token-0')).toEqual([])
})

it('forgets the meetings with the session', async () => {
  const { page, forgetSession } = await open({
    infoList: [card()],
    votes: [],
    unread: 1,
    guest: false,
  })
  forgetSession()

  expect(page.data).toMatchObject({ isInCompany: false, cards: [], unread: '' })
})

it('shows the meetings of a company that lets the user in at this moment', async () => {
  const api = await startApi()
  api.answers[READ] = ok({ infoList: [], votes: [], unread: 0, guest: true })
  api.answers['/wx/org/mine'] = ok({ memberships: [MEMBERSHIP] })
  api.script(({ path }) => {
    if (path === '/wx/org/mine')
      api.answers[READ] = ok({ infoList: [card()], votes: [], unread: 1, guest: false })
    return undefined
  })
  const { page } = await openSignedIn(api, HOME)
  await until(() => page.data.isInCompany)

  expect(page.data).toMatchObject({ isMember: true, cards: [{ title: '周例会' }] })
})
