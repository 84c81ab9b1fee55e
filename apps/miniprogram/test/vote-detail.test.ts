import type { VoteResult } from '@oa/contracts'
import { expect, it } from 'vitest'
import { failed, ok, startApi } from './support/api'
import { tapOn } from './support/meetings'
import { openSignedIn } from './support/start'
import { until } from './support/until'
import { ABSTAIN, AGAINST, FOR, VOTE, voteOptions, voteResult } from './support/votes'
import type { Wechat } from './support/wechat'

const PAGE = 'pages/vote/detail/detail'
const READ = `/wx/vote/${VOTE}`
const CAST = `${READ}/cast`

const open = async (result: VoteResult = voteResult(), prepare?: (wechat: Wechat) => void) => {
  const api = await startApi()
  api.answers[READ] = ok(result)
  api.answers[CAST] = ok({ counted: true })
  const running = await openSignedIn(api, PAGE, prepare, { id: VOTE })
  await until(() => running.page.data.isLoaded || running.page.data.failure)

  return running
}
const voted = (changes: Partial<VoteResult> = {}, choice: string[] | null = null) =>
  voteResult({ may: [], iVoted: true, ...changes }, { myChoice: choice })

it('casts what was chosen, and says that it counts', async () => {
  const { api, page, wechat } = await open()
  expect(page.data).toMatchObject({ mayCast: true, isMany: false, hint: '选票 · 请选择一项' })
  page.onOption(tapOn({ id: AGAINST }))
  page.onOption(tapOn({ id: FOR }))
  api.answers[READ] = ok(voted({}, [FOR]))
  await page.onCast()

  expect(api.to(CAST).map(({ body }) => body)).toEqual([{ optionIds: [FOR] }])
  expect(wechat.state.toasts.at(-1)).toContain('您的票已计入')
  expect(page.data).toMatchObject({
    mine: '您的票已计入',
    mineText: '你选择了：赞成',
    mayCast: false,
  })
})

it('asks once more before a ballot that is final, and sends nothing when the user thinks better of it', async () => {
  const { api, page, wechat } = await open(voteResult({ secrecy: 'secret' }), ({ state }) => {
    state.modalAnswer = false
  })
  page.onOption(tapOn({ id: FOR }))
  await page.onCast()
  expect(wechat.state.modal).toMatchObject({ content: '提交后不可更改。' })
  expect(api.to(CAST)).toEqual([])

  wechat.state.modalAnswer = true
  await page.onCast()
  expect(api.to(CAST)).toHaveLength(1)
})

it('asks nothing before a ballot that can be changed, and shows what was chosen before', async () => {
  const result = voteResult({ iVoted: true }, { changeable: true, myChoice: [AGAINST] })
  const { api, page, wechat } = await open(result)
  expect(page.data).toMatchObject({ castText: '改投', mineText: '你选择了：反对' })
  expect(page.data.options).toMatchObject([{}, { id: AGAINST, chosen: true }, {}])
  page.onOption(tapOn({ id: FOR }))
  await page.onCast()

  expect(wechat.state.modals).toEqual([])
  expect(api.to(CAST).map(({ body }) => body)).toEqual([{ optionIds: [FOR] }])
})

it('repeats a ballot whose answer was lost as it was, whatever was ticked since', async () => {
  const { api, page } = await open()
  page.onOption(tapOn({ id: FOR }))
  api.script(({ path }) => (path === CAST ? failed(500, 502) : undefined))
  await page.onCast()
  expect(page.data).toMatchObject({ failure: { errno: 502 }, failureTitle: '操作未完成' })
  page.onOption(tapOn({ id: AGAINST }))
  api.script(() => undefined)
  await page.onRetry()

  expect(api.to(CAST).map(({ body }) => body)).toEqual([{ optionIds: [FOR] }, { optionIds: [FOR] }])
  expect(page.data.failure).toBeNull()
})

it('says that a secret ballot counts when the server has it already', async () => {
  const { api, page, wechat } = await open(voteResult({ secrecy: 'secret' }))
  page.onOption(tapOn({ id: FOR }))
  api.script(({ path }) => (path === CAST ? failed(409, 732) : undefined))
  api.answers[READ] = ok(voted({ secrecy: 'secret' }))
  await page.onCast()

  expect(wechat.state.toasts.at(-1)).toContain('您的票已计入')
  expect(page.data).toMatchObject({ failure: null, mine: '您的票已计入', mayCast: false })
  expect(page.data.mineText).toBe('结果在投票结束后公布。')
})

it.each([
  [734, '你不在这次投票的投票人之列。', { may: [], iAmElector: false }],
  [729, '投票已有变化，已显示最新内容', { may: [], state: 'closed', version: 3 }],
] as const)(
  'shows what became of the vote when the server says %s',
  async (errno, toast, after) => {
    const { api, page, wechat } = await open()
    page.onOption(tapOn({ id: FOR }))
    api.script(({ path }) => (path === CAST ? failed(409, errno) : undefined))
    api.answers[READ] = ok(voteResult({ ...after, may: [...after.may] }))
    await page.onCast()

    expect(wechat.state.toasts.at(-1)).toContain(toast)
    expect(page.data).toMatchObject({ failure: null, mayCast: false })
  },
)

it('lets one choose so many, and abstain from all', async () => {
  const options = ['三亚', '北京', '西安'].map((text, index) => ({
    id: `o${index}`,
    text,
    meaning: null,
    tally: null,
  }))
  const abstain = { id: ABSTAIN, text: '弃权', meaning: 'abstain' as const, tally: null }
  const details = { min: 2, max: 2, rule: null, options: [...options, abstain] }
  const { api, page, wechat } = await open(voteResult({ kind: 'choice' }, details))
  expect(page.data).toMatchObject({ isMany: true, hint: '选票 · 请选择 2 项，或弃权' })
  page.onOption(tapOn({ id: 'o0' }))
  await page.onCast()
  expect(wechat.state.toasts.at(-1)).toContain('请选择 2 项')
  expect(api.to(CAST)).toEqual([])

  page.onOption(tapOn({ id: 'o2' }))
  await page.onCast()
  page.onOption(tapOn({ id: ABSTAIN }))
  await page.onCast()
  expect(api.to(CAST).map(({ body }) => body)).toEqual([
    { optionIds: ['o0', 'o2'] },
    { optionIds: [ABSTAIN] },
  ])
})

it('shows a result with shares, ranks the options of a choice, and warns where it tells who', async () => {
  const closed = voteResult(
    { state: 'closed', may: [], secrecy: 'secret', outcome: 'passed' },
    { options: voteOptions([4, 0, 1]), revealing: true },
  )
  const { api, page } = await open(closed)
  expect(page.data).toMatchObject({ outcome: '通过', isRevealing: true, resultTitle: '结果' })
  expect(page.data.rows).toMatchObject([
    { text: '赞成', count: '4 票 · 80%', percent: 80 },
    { text: '反对', count: '0 票 · 0%' },
    { text: '弃权', count: '1 票 · 20%' },
  ])
  const options = [
    { id: 'a', text: '三亚', meaning: null, tally: 1 },
    { id: 'b', text: '北京', meaning: null, tally: 3 },
    { id: 'c', text: '弃权', meaning: 'abstain' as const, tally: 9 },
  ]
  const choice = voteResult({ state: 'closed', kind: 'choice', may: [] }, { options, rule: null })
  api.answers[READ] = ok(choice)
  await page.onShow()
  expect(page.data.rows).toMatchObject([
    { text: '北京', leads: true },
    { text: '三亚', leads: false },
    { text: '弃权', leads: false },
  ])
})

it('shows no tallies before they may be known', async () => {
  const { page } = await open()

  expect(page.data.rows).toEqual([])
})

it('tells how secret a secret vote is, word for word', async () => {
  const { page } = await open(voteResult({ secrecy: 'secret' }))

  expect(page.data.isSecret).toBe(true)
  expect(page.data.t.secretText).toBe(
    '无记名投票：系统不保存谁投了什么。选票没有姓名、时间和顺序；主持人、管理员和本程序的任何页面都查不到。能直接读取数据库日志、备份或运行中服务器的运维人员，如果在投票进行时刻意记录，仍可能推断个别选票。人数很少或结果一致时，结果本身会透露选择。',
  )
})

it.each([
  ['open', 'draft', { version: 2 }],
  ['close', 'open', { version: 2 }],
  ['cancel', 'draft', { version: 2 }],
] as const)('does “%s” to a vote that is %s after asking', async (action, state, body) => {
  const { api, page, wechat } = await open(voteResult({ state, may: [action] }))
  const path = `${READ}/${action}`
  api.answers[path] = ok({ state: 'open', version: 3, electors: 6, outcome: null })
  wechat.state.modalAnswer = false
  await page.onAction(tapOn({ action }))
  expect(api.to(path)).toEqual([])
  wechat.state.modalAnswer = true
  await page.onAction(tapOn({ action }))

  expect(api.to(path).map((call) => call.body)).toEqual([body])
})

it('cancels an open vote with a reason alone', async () => {
  const { api, page, wechat } = await open(voteResult({ may: ['cancel'] }))
  const path = `${READ}/cancel`
  api.answers[path] = ok({ state: 'cancelled', version: 3, electors: 6, outcome: null })
  await page.onAction(tapOn({ action: 'cancel' }))
  expect(wechat.state.toasts.at(-1)).toContain('请填写原因')
  expect(api.to(path)).toEqual([])

  wechat.state.modalText = '选项有误'
  await page.onAction(tapOn({ action: 'cancel' }))
  expect(api.to(path).map(({ body }) => body)).toEqual([{ version: 2, reason: '选项有误' }])
})

it('says why where nothing has changed and it is not possible yet', async () => {
  const { api, page } = await open(voteResult({ state: 'draft', may: ['open'] }))
  const why = failed(409, 729)
  api.script(({ path }) => (path === `${READ}/open` ? why : undefined))
  await page.onAction(tapOn({ action: 'open' }))

  expect(page.data).toMatchObject({ failure: { errno: 729 }, failureTitle: '操作未完成' })
})

it('is not there for somebody else, and says an outline to who only administers', async () => {
  const { api, page, wechat } = await open(voteResult({ may: [], details: null, cast: null }))
  expect(page.data).toMatchObject({ hasDetails: false, options: [], isSecret: false })
  api.script(() => failed(404, 708))
  await page.onShow()
  expect(page.data).toMatchObject({ isMissing: true, isLoaded: false, failure: null })
  page.onHome()

  expect(wechat.state.moves.at(-1)).toBe('switchTab /pages/index/index')
})

it('leads to its meeting, its record and its form', async () => {
  const meeting = { id: 'm1', title: '周例会' }
  const { page, wechat } = await open(voteResult({ meeting, may: ['update', 'electors'] }))
  expect(page.data).toMatchObject({ meeting: '周例会', hasRecord: true })
  page.onMeeting()
  page.onRecord()
  await page.onAction(tapOn({ action: 'update' }))

  expect(wechat.state.moves).toEqual([
    'navigateTo /pages/meeting/detail/detail?id=m1',
    `navigateTo /packages/meeting/vote-record/vote-record?id=${VOTE}`,
    `navigateTo /packages/meeting/vote/vote?id=${VOTE}`,
  ])
  expect(page.onShareAppMessage()).toEqual({ title: '年度预算', path: `/${PAGE}?id=${VOTE}` })
})
