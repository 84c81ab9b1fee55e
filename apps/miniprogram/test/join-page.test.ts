import type { InvitationResult, Membership } from '@oa/contracts'
import { expect, it } from 'vitest'
import { failed, ok, startApi } from './support/api'
import { signedIn, start } from './support/start'
import { until } from './support/until'

const JOIN = 'pages/join/join'
const TOKEN = 'kJ3v0cVbX4yqk0Yx1H5Qf0'
const SHOWN: InvitationResult = {
  orgName: '青禾科技',
  needsApproval: true,
  expiresAt: '2100-01-01T00:00:00.000Z',
  mine: null,
}
const MINE: Membership = {
  orgId: '01938a5e-7c1d-7000-8000-000000000001',
  orgName: '青禾科技',
  memberId: '01938a5e-7c1d-7000-8000-000000000002',
  name: '李明',
  title: '',
  department: null,
  role: 'member',
  state: 'pending',
  reason: null,
  mayConvene: false,
}
const READ = `/wx/org/invitation?invitation=${TOKEN}`

const open = async ({ signed = true, query = { i: TOKEN } as Record<string, string> } = {}) => {
  const api = await startApi()
  api.validTokens.add('token-0')
  api.answers[READ] = ok(SHOWN)
  const running = await start({
    base: api.base,
    prepare: (wechat) => signed && signedIn(api.base)(wechat),
  })
  const page = await running.openPage(JOIN, query)
  await until(() => !page.data.loading)
  return { api, page, ...running }
}
const submit = (name: string) => ({ detail: { value: { name } } })

it.each([[{ i: TOKEN }], [{ scene: encodeURIComponent(`i=${TOKEN}`) }], [{ scene: `i=${TOKEN}` }]])(
  'reads the invitation of a card and of a code: %j',
  async (query) => {
    const { page, api } = await open({ query })
    expect(api.to(READ).length).toBeGreaterThan(0)
    expect(page.data).toMatchObject({ orgName: '青禾科技', state: 'form', initial: '青' })
  },
)

it.each([[{}], [{ scene: 'x=1' }], [{ scene: '%E0%A4%A' }]])(
  'says that %j is no invitation, and sends nothing',
  async (query) => {
    const { page, api, wechat } = await open({ query: query as Record<string, string> })
    expect([api.calls, page.data.orgName]).toEqual([[], ''])
    page.onEnter()
    expect(wechat.state.moves).toEqual(['switchTab /pages/index/index'])
  },
)

it('shows a guest who invites, and asks to sign in first', async () => {
  const { page, wechat, api } = await open({ signed: false })
  expect(page.data).toMatchObject({ state: 'guest', orgName: '青禾科技' })
  expect(api.calls[0]?.token).toBeUndefined()
  page.onSignIn()
  expect(wechat.state.moves).toEqual(['navigateTo /pages/auth/login/login'])
})

it('asks for a name, sends it once, and shows that an administrator decides', async () => {
  const { page, api, wechat } = await open()
  await page.onSubmit(submit('  '))
  expect(wechat.state.toasts.at(-1)).toBe('请填写真实姓名')
  expect(api.to('/wx/org/join')).toEqual([])

  api.answers['/wx/org/join'] = ok(MINE)
  api.answers[READ] = ok({ ...SHOWN, mine: MINE })
  await Promise.all([page.onSubmit(submit(' 李明 ')), page.onSubmit(submit('李明'))])

  expect(api.to('/wx/org/join')).toMatchObject([{ body: { invitation: TOKEN, name: '李明' } }])
  expect(page.data).toMatchObject({ state: 'pending', name: '李明', joining: false })
})

it('keeps what is being typed while the invitation is read once more', async () => {
  const { page } = await open()
  page.onName({ detail: { value: '李' } })
  await page.onShow()
  expect(page.data.name).toBe('李')
})

it('keeps the name when the answer is lost, and sends the same again', async () => {
  const { page, api } = await open()
  api.answers['/wx/org/join'] = 'cut'
  await page.onSubmit(submit('李明'))
  expect(page.data).toMatchObject({ state: 'form', name: '李明', failureTitle: '加入失败' })

  const active: Membership = { ...MINE, state: 'active' }
  api.answers['/wx/org/join'] = ok(active)
  api.answers[READ] = ok({ ...SHOWN, mine: active })
  await page.onSubmit(submit('李明'))
  expect(page.data).toMatchObject({ state: 'active', failure: null })
  expect(page.data.lead).toContain('李明')
})

it('shows why an administrator refused, and lets the user ask again', async () => {
  const { page, api } = await open()
  const refused: Membership = { ...MINE, state: 'refused', reason: '请用真实姓名' }
  api.answers[READ] = ok({ ...SHOWN, mine: refused })
  await page.onRetry()
  expect(page.data).toMatchObject({ state: 'form', reason: '上次的申请未通过：请用真实姓名' })
})

it('shows who is suspended that it is so, and offers nothing', async () => {
  const { page, api } = await open()
  api.answers[READ] = ok({ ...SHOWN, mine: { ...MINE, state: 'suspended' } })
  await page.onRetry()
  expect(page.data).toMatchObject({ state: 'suspended', reason: '' })
})

it.each([true, false])('says that an invitation is over, signed in or not: %s', async (signed) => {
  const { page, api } = await open({ signed })
  api.answers[READ] = failed(404, 724)
  await page.onRetry()
  expect(page.data).toMatchObject({ isOver: true, failureTitle: '邀请已失效' })
})

it('lets who waits bind a number, look again and withdraw', async () => {
  const { page, api, wechat } = await open()
  api.answers[READ] = ok({ ...SHOWN, mine: MINE })
  await page.onRetry()
  page.onBind()
  expect(wechat.state.moves).toEqual(['navigateTo /pages/ucenter/phone/phone'])

  api.answers['/wx/org/join'] = ok(MINE)
  await page.onRefresh()
  expect(wechat.state.toasts.at(-1)).toContain('管理员还没有处理')

  api.answers['/wx/org/leave'] = ok({})
  api.answers[READ] = ok(SHOWN)
  await page.onWithdraw()
  expect(api.to('/wx/org/leave')).toMatchObject([{ body: { orgId: MINE.orgId, confirm: true } }])
  expect(page.data.state).toBe('form')
})
