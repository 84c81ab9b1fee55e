import jsqr from 'jsqr'
import { PNG } from 'pngjs'
import { describe, expect, it } from 'vitest'
import { APP, createApi, useSimulator } from './support.ts'

const start = useSimulator()
const UNLIMITED = '/wxa/getwxacodeunlimit'

const startApi = async (traits = {}, settings = {}) => {
  const simulator = await start({ apps: [{ ...APP, ...traits }], settings })
  const { post, raw } = await createApi(simulator)

  return {
    ...simulator,
    post,
    raw,
    image: async (path: string, body: object) => {
      const response = await raw(path, { method: 'POST', body: JSON.stringify(body) })
      expect(response.headers.get('content-type')).toBe('image/png')
      const { data, width, height } = PNG.sync.read(Buffer.from(await response.arrayBuffer()))

      return { width, text: jsqr.default(new Uint8ClampedArray(data), width, height)?.data }
    },
  }
}

describe('getwxacodeunlimit', () => {
  it.each(['a=1', "0aZ!#$&'()*+,/:;=?@-._~"])('draws a code that reads %s', async (scene) => {
    const { image } = await startApi()

    expect(await image(UNLIMITED, { scene })).toMatchObject({ text: scene, width: 430 })
  })

  it.each([280, 1280])('is %i wide on request', async (width) => {
    const { image } = await startApi()

    expect(await image(UNLIMITED, { scene: 'x'.repeat(32), width })).toMatchObject({ width })
  })

  it.each([
    [40169, { scene: undefined }],
    [40169, { scene: '' }],
    [40169, { scene: 'x'.repeat(33) }],
    [40129, { scene: '中文' }],
    [40129, { scene: '%20' }],
    [40097, { width: 279 }],
    [40097, { width: 1281 }],
    [40097, { env_version: 'beta' }],
    [41030, { page: '/pages/index' }],
    [41030, { page: 'pages/index?a=1' }],
    [41030, { page: 'pages/nowhere' }],
    [85096, { page: 'pages/index?scancode_time=1' }],
    [47001, { scene: 1 }],
    [47001, { width: '430' }],
    [47001, { is_hyaline: 1 }],
    [47001, { check_path: 'false' }],
  ])('answers %i for %o', async (errcode, change) => {
    const { post } = await startApi({ pages: ['pages/index'] })

    expect(await post(UNLIMITED, { scene: 'a=1', ...change })).toMatchObject({ errcode })
  })

  it('does not check the page with check_path: false', async () => {
    const { image } = await startApi({ pages: ['pages/index'] })
    const body = { scene: 'a=1', page: 'pages/soon', check_path: false }

    expect((await image(UNLIMITED, body)).text).toBe('a=1')
  })

  it('leaves a limited number of distinct pages unchecked', async () => {
    const { post, image } = await startApi({ pages: ['pages/index'] }, { uncheckedPages: 2 })
    const draw = (page: string) => image(UNLIMITED, { scene: 'a', page, check_path: false })
    for (const page of ['pages/a', 'pages/b', 'pages/a']) await draw(page)

    const refused = { scene: 'a', page: 'pages/c', check_path: false }
    expect(await post(UNLIMITED, refused)).toMatchObject({ errcode: 45029 })
    await draw('pages/b')
    expect((await image(UNLIMITED, { scene: 'a', page: 'pages/index' })).text).toBe('a')
  })

  it('answers 41030 for an app that is not online, unless the page may be absent', async () => {
    const { post, image } = await startApi({ unpublished: true })

    expect(await post(UNLIMITED, { scene: 'a' })).toMatchObject({ errcode: 41030 })
    expect(await post(UNLIMITED, { scene: 'a', page: 'p' })).toMatchObject({ errcode: 41030 })
    expect((await image(UNLIMITED, { scene: 'a', check_path: false })).text).toBe('a')
  })

  it('answers 40169 for a body that is not JSON', async () => {
    const { raw } = await startApi()
    const response = await raw(UNLIMITED, { method: 'POST', body: 'scene=a' })

    expect(await response.json()).toMatchObject({ errcode: 40169 })
  })

  it('answers 45009, not 45011, when the minute is spent', async () => {
    const quotas = { [UNLIMITED]: { perMinute: 1, minuteErrcode: 45009 } }
    const { post, image, control } = await startApi({}, { quotas })
    await control.advanceClock(60_000 - ((await control.now()) % 60_000))
    await image(UNLIMITED, { scene: 'a' })

    expect(await post(UNLIMITED, { scene: 'a' })).toMatchObject({ errcode: 45009 })
  })
})

describe('getwxacode and createwxaqrcode', () => {
  const PATHS = ['/wxa/getwxacode', '/cgi-bin/wxaapp/createwxaqrcode']

  it.each(PATHS)('%s draws a code that reads the path', async (path) => {
    const { image } = await startApi()

    expect((await image(path, { path: 'pages/index?a=1' })).text).toBe('pages/index?a=1')
  })

  it('share a total number of codes', async () => {
    const { post, image } = await startApi({}, { permanentCodes: 2 })
    for (const path of PATHS) await image(path, { path: 'pages/index' })

    expect(await post('/wxa/getwxacode', { path: 'pages/index' })).toMatchObject({ errcode: 45029 })
  })

  it('answer 40159 without a path, or with too long a one', async () => {
    const { post } = await startApi()

    expect(await post('/wxa/getwxacode', {})).toMatchObject({ errcode: 40159 })
    expect(await post('/wxa/getwxacode', { path: 'p'.repeat(1025) })).toMatchObject({
      errcode: 40159,
    })
    for (const path of ['p'.repeat(129), '页'.repeat(43)]) {
      expect(await post('/cgi-bin/wxaapp/createwxaqrcode', { path })).toMatchObject({
        errcode: 40159,
      })
    }
  })

  it.each([
    [40159, 'path=pages/index'],
    [47001, JSON.stringify({ path: 1 })],
    [40097, JSON.stringify({ path: 'pages/index', env_version: 'beta' })],
    [85096, JSON.stringify({ path: 'pages/index?scancode_time=1' })],
  ])('answer %i for %s', async (errcode, body) => {
    const { raw } = await startApi()
    for (const path of PATHS) {
      const response = await raw(path, { method: 'POST', body })
      expect(await response.json()).toMatchObject({ errcode })
    }
  })

  it('are refused to an app that is not online', async () => {
    const { post } = await startApi({ unpublished: true })

    expect(await post('/wxa/getwxacode', { path: 'p' })).toMatchObject({ errcode: 41030 })
  })
})
