import type { Membership } from '@oa/contracts'
import { expect, it } from 'vitest'
import { failed, ok, startApi } from './support/api'
import { hasCompany, ID, ORG, OWNER, REQUEST } from './support/company'
import { openSignedIn, signedIn, start } from './support/start'
import { until } from './support/until'

const requestIdOf = (call: { body: unknown } | undefined) =>
  (call?.body as { requestId?: string } | undefined)?.requestId
type Api = Awaited<ReturnType<typeof startApi>>
const posts = (api: Api, path: string) => api.to(path).filter(({ method }) => method === 'POST')
const at = (dataset: object) => ({ currentTarget: { dataset } })
const form = (value: object) => ({ detail: { value } })

const open = async (path: string, query: Record<string, string> = { orgId: ORG }) => {
  const api = await startApi()
  api.validTokens.add('token-0')
  hasCompany(api)
  const running = await start({ base: api.base, prepare: signedIn(api.base) })
  running.pages.push({})
  const page = await running.openPage(path, query)
  return { api, page, ...running }
}

it.each(['pages/index/index', 'pages/ucenter/index/index'])(
  'shows on %s the companies of the user, each with a way to it',
  async (path) => {
    const api = await startApi()
    const waiting: Membership = { ...OWNER, orgName: '远山', state: 'pending' }
    api.answers['/wx/org/mine'] = ok({ memberships: [OWNER, waiting] })
    api.profile.memberships = [OWNER, waiting]
    const { page, wechat } = await openSignedIn(api, path)
    await until(() => page.data.memberships.length > 0)

    expect(page.data.memberships).toMatchObject([
      { orgName: '青禾科技', standing: '所有者' },
      { orgName: '远山', standing: '等待通过' },
    ])
    page.onOrg(at({ id: ORG }))
    expect(wechat.state.moves.at(-1)).toBe(`navigateTo /pages/org/org?orgId=${ORG}`)
  },
)

it('shows a member the colleagues, and administrators what they manage', async () => {
  const { page, api, wechat } = await open('pages/org/org')
  await until(() => page.data.people.length > 0)
  expect(page.data).toMatchObject({ isAdmin: true, canLeave: true, standing: '所有者' })
  expect(page.data.people).toMatchObject([{ name: '李明', text: '研发部 · 工程师', role: '' }])
  page.onEntry(at({ url: page.data.entries[0].url }))
  expect(wechat.state.moves.at(-1)).toContain('/packages/admin/requests/requests?orgId=')

  api.answers['/wx/org/mine'] = ok({ memberships: [{ ...OWNER, role: 'member' }] })
  await page.onRetry()
  expect(page.data.isAdmin).toBe(false)
})

it('shows who is suspended meanwhile no colleague any more', async () => {
  const { page, api } = await open('pages/org/org')
  await until(() => page.data.people.length > 0)
  const suspended = { ...OWNER, state: 'suspended', reason: '调查' }
  api.answers['/wx/org/mine'] = ok({ memberships: [suspended] })
  await page.onShow()
  expect(page.data).toMatchObject({ people: [], isAdmin: false, canLeave: false })
  expect(page.data.standing).toBe('已停用')
})

it('leaves the company after a question, and says what keeps the last owner', async () => {
  const { page, api, wechat } = await open('pages/org/org')
  await until(() => page.data.mine)
  api.answers['/wx/org/leave'] = failed(409, 725)
  await page.onLeave()
  expect(wechat.state.toasts.at(-1)).toContain('所有者')
  api.answers['/wx/org/leave'] = ok({})
  await page.onLeave()
  expect(api.to('/wx/org/leave').at(-1)).toMatchObject({ body: { orgId: ORG, confirm: true } })
})

it('decides a request once, and reads the list anew when somebody else was first', async () => {
  const { page, api, wechat } = await open('packages/admin/requests/requests')
  const list = `/wx/admin/join_requests?orgId=${ORG}`
  api.answers[list] = ok({ items: [REQUEST] })
  await page.onRetry()
  expect(page.data.items[0].texts).toEqual(['微信昵称 芳芳', '没有绑定手机号', '由 陈静 邀请'])
  const decide = `/wx/admin/join_requests/${ID}/decide`

  api.answers[decide] = failed(409, 504)
  api.answers[list] = ok({ items: [] })
  await page.onAccept(at({ id: ID }))
  expect(page.data.items).toEqual([])

  api.answers[list] = ok({ items: [REQUEST] })
  await page.onRetry()
  api.answers[decide] = ok({ version: 2 })
  await Promise.all([page.onAccept(at({ id: ID })), page.onAccept(at({ id: ID }))])
  expect(api.to(decide)).toHaveLength(2)
  expect(api.to(decide).at(-1)?.body).toEqual({ version: 1, accept: true })
  expect(wechat.state.toasts.at(-1)).toBe('已通过')
})

it('edits a member under the version that was read, and shows the present one when it is stale', async () => {
  const { page, api } = await open('packages/admin/member/member', { orgId: ORG, id: ID })
  await until(() => page.data.member)
  expect(page.data).toMatchObject({ department: 1, role: 0, mayChangeRole: true })
  const path = `/wx/admin/members/${ID}`
  api.script(({ method, path: to }) =>
    method === 'POST' && to === path ? failed(409, 504) : undefined,
  )
  page.onRole({ detail: { value: '2' } })
  page.onDepartment({ detail: { value: '0' } })
  await page.onSubmit(form({ name: ' 李小明 ', title: '' }))

  const sent = api.to(path).find(({ method }) => method === 'POST')
  const edit = { version: 3, name: '李小明', title: '', departmentId: null, role: 'admin' }
  expect(sent?.body).toEqual(edit)
  expect(page.data).toMatchObject({ failureTitle: '保存失败', failure: { errno: 504 }, role: 0 })
})

it('makes an invitation once, however often the answer is lost, and shares it as a card', async () => {
  const { page, api } = await open('packages/admin/invitations/invitations')
  await until(() => page.data.departmentNames.length > 1)
  expect(page.onShareAppMessage().path).toBe('/pages/index/index')
  const path = '/wx/admin/invitations'
  api.answers[path] = 'cut'
  await page.onMake()
  expect(page.data).toMatchObject({ made: null, failureTitle: '邀请生成失败' })

  const made = { id: ID, invitation: 'token', path: 'pages/join/join?i=token', expiresAt: '' }
  api.answers[path] = ok(made)
  await page.onMake()
  const ids = posts(api, path).map(requestIdOf)
  expect([ids.length, new Set(ids).size]).toEqual([2, 1])
  expect(page.onShareAppMessage()).toEqual({
    title: '青禾科技 邀请你加入',
    path: '/pages/join/join?i=token',
  })

  api.answers[`${path}/${ID}/code`] = failed(503, 702, { 'Retry-After': '9' })
  await page.onDraw()
  expect(page.data.picture).toBe('')
  api.answers[`${path}/${ID}/code`] = ok({ picture: 'data:image/png;base64,AA==' })
  await page.onDraw()
  expect(page.data.picture).toMatch(/^data:image/)
  page.onAnother()
  await page.onMake()
  expect(requestIdOf(api.to(path).at(-1))).not.toBe(ids[0])
})

it('makes another invitation when the page is opened again', async () => {
  const { page, api, openPage } = await open('packages/admin/invitations/invitations')
  const path = '/wx/admin/invitations'
  api.answers[path] = 'cut'
  await page.onMake()
  const again = await openPage('packages/admin/invitations/invitations', { orgId: ORG })
  await again.onMake()

  expect(new Set(posts(api, path).map(requestIdOf)).size).toBe(2)
})

it('adds a department, and keeps what was typed when that fails', async () => {
  const { page, api } = await open('packages/admin/departments/departments')
  await until(() => page.data.isLoaded)
  expect(page.data.items).toMatchObject([{ name: '研发部', people: '3 人' }])
  api.answers['/wx/admin/departments'] = 'cut'
  await page.onAdd(form({ name: '财务部' }))
  expect(page.data.draft).toBe('财务部')
  api.answers['/wx/admin/departments'] = ok({ id: ID, version: 1 })
  await page.onAdd(form({ name: '财务部' }))
  expect(page.data.draft).toBe('')
  api.answers['/wx/admin/departments/d1'] = ok({})
  await page.onRemove(at({ id: 'd1', name: '研发部' }))
  expect(api.to('/wx/admin/departments/d1')).toMatchObject([{ method: 'DELETE' }])
})
