import { expect, it } from 'vitest'
import { APP, createApi, useSimulator } from './support.ts'

const start = useSimulator()
const SCHEME = '/wxa/generatescheme'
const LINK = '/wxa/generate_urllink'
const DAY = 86_400

const startApi = async () => {
  const simulator = await start({ apps: [{ ...APP, pages: ['pages/index'] }] })

  return { ...simulator, ...(await createApi(simulator)) }
}

it('generatescheme answers a weixin:// address, another each time', async () => {
  const { post } = await startApi()
  const jump_wxa = { path: '/pages/index', query: 'a=1', env_version: 'trial' }
  const links = [await post(SCHEME, { jump_wxa }), await post(SCHEME, {})]

  expect(links[0]).toEqual({
    errcode: 0,
    errmsg: 'ok',
    openlink: expect.stringMatching(/^weixin:\/\/dl\/business\/\?t=[\w-]+$/),
  })
  expect(links[0]?.openlink).not.toBe(links[1]?.openlink)
})

it('generate_urllink answers an https:// address', async () => {
  const { post } = await startApi()

  expect(await post(LINK, { path: 'pages/index', expire_type: 1, expire_interval: 30 })).toEqual({
    errcode: 0,
    errmsg: 'ok',
    url_link: expect.stringMatching(/^https:\/\/wxaurl\.cn\/[\w-]+$/),
  })
})

it.each([
  [40165, { path: 'pages/nowhere' }],
  [40165, { path: 'pages/index?a=1' }],
  [40212, { query: 'x'.repeat(1025) }],
  [40212, { query: 'a=中文' }],
  [40097, { env_version: 'beta' }],
  [85401, { expire_type: 1, expire_interval: 31 }],
  [85401, { expire_type: 0, expire_time: 1 }],
])('both answer %i for %o', async (errcode, change) => {
  const { post } = await startApi()

  expect(await post(LINK, change)).toMatchObject({ errcode })
  expect(await post(SCHEME, { ...change, jump_wxa: change })).toMatchObject({ errcode })
})

it('takes an end within 30 days by its own clock', async () => {
  const { post, control } = await startApi()
  const expire_time = Math.floor((await control.now()) / 1000) + 29 * DAY

  expect(await post(LINK, { expire_time })).toMatchObject({ errcode: 0 })
})
