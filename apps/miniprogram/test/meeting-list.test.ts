import { expect, it } from 'vitest'
import type { Call } from './support/api'
import { failed, ok, startApi } from './support/api'
import { card, tapOn } from './support/meetings'
import type { Instance } from './support/start'
import { openSignedIn, start } from './support/start'
import { until } from './support/until'

const LIST = 'pages/meeting/list/list'
const READ = '/wx/meeting/list'
const second = card({ id: '01938a5e-7c1d-7000-8000-00000000000b', title: '月例会' })
const titles = ({ data }: Instance) => data.cards.map(({ title }: { title: string }) => title)

const open = async (answer = ok({ items: [card()] })) => {
  const api = await startApi()
  api.answers[READ] = answer
  const running = await openSignedIn(api, LIST)
  await until(() => running.page.data.isLoaded || running.page.data.failure)

  return running
}

it('shows time, place, host and what is asked of the user', async () => {
  const { page } = await open()

  expect(page.data.cards).toMatchObject([
    { when: '明天 14:00–15:00', place: '三楼会议室', reply: '待回复', asks: true },
  ])
  expect(page.data.cards[0].people).toBe('主持人 李雷 · 3 人')
  expect(page.data.cards[0].label).toContain('周例会 待开 明天')
})

it('loads the list of the tab, and shows no late answer for another tab', async () => {
  const { api, page } = await open()
  let letPass = () => {}
  const held = new Promise<void>((resolve) => {
    letPass = resolve
  })
  api.script(async ({ path, query }: Call) => {
    if (path !== READ) return undefined
    if (query?.tab === 'past') await held
    return ok({ items: query?.tab === 'past' ? [card()] : [second] })
  })
  const slow = page.onTab(tapOn({ tab: 'past' }))
  await page.onTab(tapOn({ tab: 'hosting' }))
  letPass()
  await slow

  expect(page.data.tab).toBe('hosting')
  expect(titles(page)).toEqual(['月例会'])
})

it('loads more by the cursor, and shows no meeting twice', async () => {
  const { api, page } = await open(ok({ items: [card()], next: 'after-1' }))
  api.answers[READ] = ok({ items: [card(), second] })
  await page.onMore()

  expect(api.calls.at(-1)?.query).toEqual({ tab: 'upcoming', cursor: 'after-1' })
  expect(titles(page)).toEqual(['周例会', '月例会'])
  const { length } = api.calls
  await page.onMore()
  expect(api.calls).toHaveLength(length)
})

it('shows the last list with its time when it cannot be loaded, and the new one on retry', async () => {
  const { api, openPage } = await open()
  api.script(() => failed(500, 502))
  const again = await openPage(LIST)
  await until(() => again.data.failure)
  expect(titles(again)).toEqual(['周例会'])
  expect(again.data.keptAt).toMatch(/^网络不通，显示的是今天 \d\d:\d\d 时的内容$/)

  api.script(() => undefined)
  await again.onRetry()
  expect(again.data).toMatchObject({ keptAt: '', failure: null, isLoaded: true })
})

it('keeps nothing of the company when the session ends', async () => {
  const { page, wechat, forgetSession } = await open()
  expect([...wechat.state.storage.values()].join()).toContain('周例会')
  forgetSession()
  await page.onShow()

  expect([...wechat.state.storage.values()].join()).not.toContain('周例会')
  expect(page.data).toMatchObject({ hasLogin: false, cards: [] })
})

it('says that there is nothing, and how it would come', async () => {
  const { page } = await open(ok({ items: [] }))

  expect(page.data).toMatchObject({ isLoaded: true, cards: [] })
})

it('sends no request for a guest, and offers to sign in', async () => {
  const api = await startApi()
  const { openPage, wechat } = await start({ base: api.base })
  const page = await openPage(LIST)
  page.onSignIn()

  expect(api.calls).toEqual([])
  expect(wechat.state.moves).toEqual(['navigateTo /pages/auth/login/login'])
})

it('opens the list that a count of the personal centre leads to', async () => {
  const { api, page, wechat, attachComponent } = await open()
  const counts = await attachComponent('meeting-counts')
  const waiting = { hosting: 2, attending: 100, unanswered: 0, approving: 1, voting: 4, unread: 3 }
  counts.set({ counts: waiting })
  expect(counts.data.cells.map(({ count }: { count: string }) => count)).toEqual([
    '2',
    '99+',
    '1',
    '4',
    '3',
  ])
  counts.onCell(tapOn({ name: 'approving' }))
  await page.onShow()

  expect(wechat.state.moves.at(-1)).toBe('switchTab /pages/meeting/list/list')
  expect(api.calls.at(-1)?.query).toEqual({ tab: 'approving' })
  counts.onCell(tapOn({ name: 'voting' }))
  expect(wechat.state.moves.at(-1)).toBe('switchTab /pages/vote/list/list')
  counts.onCell(tapOn({ name: 'unread' }))
  expect(wechat.state.moves.at(-1)).toBe('navigateTo /pages/notice/list/list')
})
