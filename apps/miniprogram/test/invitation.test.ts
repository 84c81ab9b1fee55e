import { expect, it } from 'vitest'
import { failed, startApi } from './support/api'
import { openSignedIn, start } from './support/start'
import { until } from './support/until'

const HOME = 'pages/index/index'
const CENTRE = 'pages/ucenter/index/index'
const LOGIN = '/wx/auth/login_by_weixin'
const SHARE = '/wx/user/share'
const INVITED = 'k1.c2hhcmVk'

it.each([HOME, CENTRE])('a card of %s says who shared it', async (path) => {
  const api = await startApi()
  const { page } = await openSignedIn(api, path)

  const card = page.onShareAppMessage()
  expect(card).toMatchObject({ title: '会议OA', path: '/pages/index/index' })
  expect(await card.promise).toEqual({
    title: '会议OA',
    path: `/pages/index/index?shareId=${INVITED}`,
  })
})

it('a card is shared without that when the API cannot be asked, and by a guest', async () => {
  const api = await startApi()
  const { page } = await openSignedIn(api, HOME)
  api.script(({ path }) => (path === SHARE ? failed(500, 502) : undefined))
  expect(await page.onShareAppMessage().promise).toEqual({
    title: '会议OA',
    path: '/pages/index/index',
  })

  const { openPage } = await start({ base: api.base })
  const guest = await openPage(HOME)
  expect(guest.onShareAppMessage()).toEqual({ title: '会议OA', path: '/pages/index/index' })
  expect(api.to(SHARE)).toHaveLength(1)
})

it('is told to the API at the next sign-in, and only then', async () => {
  const api = await startApi()
  const { openPage, loginByWeixin, wechat } = await start({ base: api.base })
  await openPage(HOME, { shareId: INVITED })

  await loginByWeixin()
  await loginByWeixin()
  expect(api.to(LOGIN).map(({ body }) => (body as { shareId?: string }).shareId)).toEqual([
    INVITED,
    undefined,
  ])
  expect(wechat.state.storage.has('shareId')).toBe(false)
})

it('survives a failed sign-in and a restart', async () => {
  const api = await startApi()
  const first = await start({ base: api.base })
  await first.openPage(HOME, { shareId: INVITED })
  api.script(() => failed(503, 702))
  await expect(first.loginByWeixin()).rejects.toMatchObject({ errno: 702 })
  api.script(() => undefined)

  const { loginByWeixin } = await start({
    base: api.base,
    prepare: ({ state }) => {
      state.storage = first.wechat.state.storage
    },
  })
  await loginByWeixin()
  expect(api.to(LOGIN).at(-1)?.body).toMatchObject({ shareId: INVITED })
})

it.each(['x'.repeat(257), 'k1.c2h&token=x', '😀', ''])(
  'is left out when the card carries %j, which could make the API refuse the sign-in',
  async (shareId) => {
    const api = await startApi()
    const { openPage, loginByWeixin } = await start({ base: api.base })
    await openPage(HOME, { shareId })

    await loginByWeixin()
    expect(api.to(LOGIN)[0]?.body).not.toHaveProperty('shareId')
  },
)

it('is not kept for a user who is signed in already', async () => {
  const api = await startApi()
  const { openPage, wechat } = await openSignedIn(api, CENTRE)
  await openPage(HOME, { shareId: INVITED })

  expect(wechat.state.storage.has('shareId')).toBe(false)
})

it.each([
  [0, '普通用户'],
  [2, '区域代理用户'],
  [9, '9'],
])('the personal centre calls level %i “%s”', async (userLevel, name) => {
  const api = await startApi()
  Object.assign(api.profile, { userLevel })
  const { page } = await openSignedIn(api, CENTRE)
  await until(() => page.data.isLoaded)

  expect(page.data.level).toBe(name)
})
