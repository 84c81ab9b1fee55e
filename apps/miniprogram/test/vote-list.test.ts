import { expect, it } from 'vitest'
import { failed, ok, startApi } from './support/api'
import { MEMBERSHIP, tapOn } from './support/meetings'
import type { Instance } from './support/start'
import { openSignedIn, start } from './support/start'
import { until } from './support/until'
import { voteItem } from './support/votes'

const LIST = 'pages/vote/list/list'
const READ = '/wx/vote/list'
const titles = ({ data }: Instance) => data.cards.map(({ title }: { title: string }) => title)

const open = async (answer = ok({ items: [voteItem()] })) => {
  const api = await startApi()
  api.answers[READ] = answer
  const running = await openSignedIn(api, LIST)
  await until(() => running.page.data.isLoaded || running.page.data.failure)

  return running
}

it('shows how it is cast, how many have voted and that the user has not', async () => {
  const { page } = await open()

  expect(page.data.cards).toMatchObject([
    { manner: '表决 · 记名投票', turnout: '已投 2 / 6', mine: '待投票', asks: true },
  ])
  expect(page.data.cards[0].label).toContain('年度预算 进行中')
})

it('asks nobody who has voted, is no elector, or comes too late', async () => {
  const items = [
    voteItem({ id: 'voted', iVoted: true }),
    voteItem({ id: 'outside', iAmElector: false }),
    voteItem({ id: 'late', state: 'closed', outcome: 'tied' }),
  ]
  const { page } = await open(ok({ items }))

  expect(page.data.cards).toMatchObject([
    { mine: '已投票', asks: false },
    { mine: '', asks: false },
    { mine: '', asks: false, outcome: '票数相同，未通过' },
  ])
})

it('says how many may vote where it may not say how many have', async () => {
  const { page } = await open(ok({ items: [voteItem({ cast: null })] }))

  expect(page.data.cards).toMatchObject([{ turnout: '6 人可投票' }])
})

it('loads the list of the tab, and more by the cursor', async () => {
  const { api, page } = await open(ok({ items: [voteItem()], next: 'after-1' }))
  api.answers[READ] = ok({ items: [voteItem(), voteItem({ id: 'other', title: '团建' })] })
  await page.onMore()
  expect(api.to(READ).at(-1)?.query).toEqual({ tab: 'open', cursor: 'after-1' })
  expect(titles(page)).toEqual(['年度预算', '团建'])

  await page.onTab(tapOn({ tab: 'mine' }))
  expect(api.to(READ).at(-1)?.query).toEqual({ tab: 'mine' })
})

it('shows the last list with its time while there is no network, and forgets it with the session', async () => {
  const { api, openPage, forgetSession, wechat } = await open()
  api.script(() => failed(500, 502))
  const again = await openPage(LIST)
  await until(() => again.data.failure)
  expect(titles(again)).toEqual(['年度预算'])
  expect(again.data.keptAt).toContain('今天')

  forgetSession()
  expect([...wechat.state.storage.values()].join()).not.toContain('年度预算')
})

it.each([
  ['member', false],
  ['organizer', true],
] as const)('offers a %s to call a vote: %s', async (role, mayCall) => {
  const api = await startApi()
  api.answers['/wx/org/mine'] = ok({ memberships: [{ ...MEMBERSHIP, role }] })
  api.answers[READ] = ok({ items: [] })
  const { page } = await openSignedIn(api, LIST)
  await page.onRetry()
  await until(() => page.data.isLoaded && api.to('/wx/org/mine').length === 2)

  await until(() => page.data.mayCall === mayCall)
})

it('shows a guest no more than how to sign in', async () => {
  const api = await startApi()
  const { openPage, wechat } = await start({ base: api.base })
  const page = await openPage(LIST)
  page.onSignIn()

  expect(api.calls).toEqual([])
  expect(wechat.state.moves).toEqual(['navigateTo /pages/auth/login/login'])
})

it('shows votes that wait for the user on the home page, and no others', async () => {
  const api = await startApi()
  const votes = [voteItem(), voteItem({ id: 'voted', title: '团建', iVoted: true })]
  api.answers['/wx/home/index'] = ok({ infoList: [], votes, unread: 0, guest: false })
  const { page } = await openSignedIn(api, 'pages/index/index')
  await until(() => page.data.isInCompany)

  expect(page.data.votes).toMatchObject([{ title: '年度预算', asks: true }])
})
