import { expect, it } from 'vitest'
import { ok, startApi } from './support/api'
import { LEI, ME, tapOn } from './support/meetings'
import { openSignedIn } from './support/start'
import { until } from './support/until'
import { AGAINST, FOR, VOTE, voteResult } from './support/votes'

const PAGE = 'packages/meeting/vote-record/vote-record'
const READ = `/wx/vote/${VOTE}`

it('lists who has voted and who lost the right, and each named ballot', async () => {
  const api = await startApi()
  api.answers[READ] = ok(voteResult({ state: 'closed', may: ['electors', 'ballots'] }))
  const people = [
    { memberId: LEI.id, name: LEI.name, voted: true, struck: false },
    { memberId: ME.id, name: ME.name, voted: false, struck: true },
  ]
  api.answers[`${READ}/electors`] = ok({ items: people, next: 'more' })
  const ballots = [{ id: LEI.id, name: LEI.name, optionIds: [FOR] }]
  api.answers[`${READ}/ballots`] = ok({ items: ballots })
  const { page } = await openSignedIn(api, PAGE, undefined, { id: VOTE })
  await until(() => page.data.isLoaded)
  expect(page.data.rows).toMatchObject([
    { name: '李雷', text: '已投票' },
    { name: '小明', text: '已失去投票权' },
  ])
  await page.onMore()
  expect(api.calls.at(-1)?.query).toEqual({ cursor: 'more' })

  await page.onTab(tapOn({ tab: 'ballots' }))
  expect(page.data.rows).toMatchObject([{ name: '李雷', text: '赞成' }])
})

it('names nobody where the server names nobody', async () => {
  const api = await startApi()
  api.answers[READ] = ok(voteResult({ state: 'closed', secrecy: 'secret', may: ['ballots'] }))
  const ballots = [
    { id: 'b1', name: null, optionIds: [AGAINST] },
    { id: 'b2', name: null, optionIds: [FOR] },
  ]
  api.answers[`${READ}/ballots`] = ok({ items: ballots })
  const { page } = await openSignedIn(api, PAGE, undefined, { id: VOTE })
  await until(() => page.data.isLoaded)

  expect(page.data).toMatchObject({ tabs: [], tab: 'ballots' })
  expect(page.data.rows).toMatchObject([
    { name: '选票 1', text: '反对' },
    { name: '选票 2', text: '赞成' },
  ])
})

it('says nothing of who has voted while that is nobody’s business', async () => {
  const api = await startApi()
  api.answers[READ] = ok(voteResult({ secrecy: 'secret', may: ['electors'] }))
  const people = [{ memberId: LEI.id, name: LEI.name, voted: null, struck: false }]
  api.answers[`${READ}/electors`] = ok({ items: people })
  const { page } = await openSignedIn(api, PAGE, undefined, { id: VOTE })
  await until(() => page.data.isLoaded)

  expect(page.data.rows).toMatchObject([{ name: '李雷', text: '' }])
})
