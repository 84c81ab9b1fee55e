import { expect, it } from 'vitest'
import { APP, createApi, useSimulator } from './support.ts'

const start = useSimulator()
const SCHEME = '/wxa/generatescheme'
const LINK = '/wxa/generate_urllink'
const DAY = 86_400

const startApi = async (traits = {}, settings = {}) => {
  const apps = [{ ...APP, pages: ['pages/index'], ...traits }]
  const simulator = await start({ apps, settings })

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
  [85402, { env_version: 'beta' }],
  [47001, { path: 1 }],
  [85401, { expire_type: 1, expire_interval: 31 }],
  [85401, { expire_type: 0, expire_time: 1 }],
])('both answer %i for %o', async (errcode, change) => {
  const { post } = await startApi()

  expect(await post(LINK, change)).toMatchObject({ errcode })
  expect(await post(SCHEME, { ...change, jump_wxa: change })).toMatchObject({ errcode })
})

it('accepts an expiry within 30 days by its own clock', async () => {
  const { post, control } = await startApi()
  const expire_time = Math.floor((await control.now()) / 1000) + 29 * DAY

  expect(await post(LINK, { expire_time })).toMatchObject({ errcode: 0 })
})

it.each([
  [SCHEME, { jump_wxa: '{"path":"pages/index"}' }],
  [SCHEME, { expire_type: '1' }],
  [LINK, { expire_interval: '30' }],
])('%s answers 47001 for the wrong type in %o', async (path, body) => {
  const { post } = await startApi()

  expect(await post(path, body)).toMatchObject({ errcode: 47001 })
})

it('both answer 85079 to an app that is not online', async () => {
  const { post } = await startApi({ unpublished: true })

  expect(await post(LINK, {})).toMatchObject({ errcode: 85079 })
  expect(await post(SCHEME, {})).toMatchObject({ errcode: 85079 })
})

it('both share a daily quota, and answer 44993 beyond it', async () => {
  const quota = { perDay: 2, dayErrcode: 44993, dayGroup: 'links' }
  const { post } = await startApi({}, { quotas: { [SCHEME]: quota, [LINK]: quota } })
  await post(SCHEME, {})
  await post(LINK, {})

  expect(await post(SCHEME, {})).toMatchObject({ errcode: 44993 })
  expect(await post(LINK, {})).toMatchObject({ errcode: 44993 })
})

it('answers 44990 beyond the quota of a second', async () => {
  const { post } = await startApi({}, { quotas: { [LINK]: { perSecond: 1 } } })
  const answers = await Promise.all(Array.from({ length: 10 }, () => post(LINK, {})))
  const refused = answers.filter(({ errcode }) => errcode === 44990)

  // Ten calls do not take ten seconds.
  expect(refused.length).toBeGreaterThan(0)
})
