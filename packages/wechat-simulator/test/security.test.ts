import { describe, expect, it } from 'vitest'
import { ENCODING_AES_KEY, openPush, PUSH_TOKEN, useReceiver } from './receiver.ts'
import { APP, createApi, useSimulator } from './support.ts'

const start = useSimulator()
const startReceiver = useReceiver()
const { appid } = APP
const HOUR = 3_600_000

const startVisited = async (options = {}) => {
  const simulator = await start(options)
  await simulator.control.createPerson({ name: 'alice', appid, openid: 'oAlice' })
  await simulator.control.login({ appid, person: 'alice' })
  await simulator.control.addVerdict({ contains: 'spam', suggest: 'risky', label: 20012 })
  await simulator.control.addVerdict({ contains: 'hmm', suggest: 'review', label: 21000 })
  const { post } = await createApi(simulator)
  const check = (change: object) =>
    post('/wxa/msg_sec_check', {
      version: 2,
      openid: 'oAlice',
      scene: 1,
      content: 'hello',
      ...change,
    })

  return { ...simulator, post, check }
}

describe('msg_sec_check', () => {
  it.each([
    ['hello', 'pass', 100],
    ['this is spam', 'risky', 20012],
    ['hmm, well', 'review', 21000],
  ])('judges %j: %s', async (content, suggest, label) => {
    const { check } = await startVisited()

    expect(await check({ content })).toMatchObject({
      errcode: 0,
      errmsg: 'ok',
      result: { suggest, label },
      detail: expect.arrayContaining([
        { strategy: 'content_model', errcode: 0, suggest, label, prob: 90 },
      ]),
      trace_id: expect.any(String),
    })
  })

  it.each([
    ['risky', { nickname: 'spam' }],
    ['risky', { title: 'spam' }],
    ['risky', { signature: 'spam' }],
    ['pass', { signature: 'spam', scene: 2 }],
  ])('is %s for %o: a signature counts in profiles only', async (suggest, change) => {
    const { check } = await startVisited()

    expect(await check(change)).toMatchObject({ result: { suggest } })
  })

  it('names the matched word, and none when there is no match', async () => {
    const { check } = await startVisited()
    const ids = { trace_id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{8}){2}$/) }
    const keyword = { strategy: 'keyword', errcode: 0 }

    expect(await check({})).toMatchObject({ ...ids, detail: [{}, keyword] })
    expect(await check({ content: 'spam' })).toMatchObject({
      ...ids,
      detail: [{}, { ...keyword, keyword: 'spam', suggest: 'risky', label: 20012, level: 90 }],
    })
  })

  it.each([
    [44002, { content: '' }],
    [47001, { content: undefined }],
    [47001, { content: 1 }],
    [47001, { version: '2' }],
    [45002, { content: '字'.repeat(2501) }],
    [47001, { openid: undefined }],
    [44002, { openid: '' }],
    [40003, { openid: 'oNobody' }],
    [47001, { scene: undefined }],
    [40129, { scene: 5 }],
  ])('answers %i for %o', async (errcode, change) => {
    const { check } = await startVisited()

    expect(await check(change)).toMatchObject({ errcode })
  })

  it('accepts 2500 characters, however many bytes they are', async () => {
    const { check } = await startVisited()

    expect(await check({ content: '😀'.repeat(2500) })).toMatchObject({ errcode: 0 })
  })

  it('answers 61010 for a person who has not used the app lately', async () => {
    const { check, control } = await startVisited({ settings: { tokenTtlMs: 10 * HOUR } })
    await control.advanceClock(2 * HOUR + 1000)

    expect(await check({})).toMatchObject({ errcode: 61010 })
  })

  it('answers 43104 for the openid of another app', async () => {
    const { check, control } = await startVisited()
    await control.createApp({ appid: 'wx2', secret: 's' })
    const [alice] = await control.people()

    expect(await check({ openid: alice?.apps.wx2?.openid })).toMatchObject({ errcode: 43104 })
  })

  it('knows the sample texts of WeChat in version 1 only', async () => {
    const { check, post } = await startVisited()
    const content = '特3456书yuuo莞6543李zxcz蒜7782法fgnv级'

    expect(await post('/wxa/msg_sec_check', { content })).toMatchObject({ errcode: 87014 })
    expect(await check({ content })).toMatchObject({ result: { suggest: 'pass' } })
  })

  it('in version 1 answers 87014 for what is risky', async () => {
    const { post } = await startVisited()

    expect(await post('/wxa/msg_sec_check', { content: 'spam' })).toMatchObject({ errcode: 87014 })
    expect(await post('/wxa/msg_sec_check', { content: 'fine' })).toEqual({
      errcode: 0,
      errmsg: 'ok',
    })
  })

  it('answers 44991 when the minute is spent', async () => {
    const quotas = { '/wxa/msg_sec_check': { perMinute: 1, minuteErrcode: 44991 } }
    const { check, control } = await startVisited({ settings: { quotas } })
    await control.advanceClock(60_000 - ((await control.now()) % 60_000))
    await check({})

    expect(await check({})).toMatchObject({ errcode: 44991 })
  })
})

describe('media_check_async', () => {
  const media = { version: 2, openid: 'oAlice', scene: 1, media_type: 2 }

  it('answers a trace_id and pushes the verdict, signed and encrypted', async () => {
    const { received, url } = await startReceiver()
    const keys = { token: PUSH_TOKEN, encodingAESKey: ENCODING_AES_KEY }
    const push = { url, mode: 'safe', format: 'json', ...keys } as const
    const { post } = await startVisited({ apps: [{ ...APP, push }] })
    const media_url = 'https://example.com/spam.png'
    const answer = await post('/wxa/media_check_async', { ...media, media_url })
    await expect.poll(() => received).toHaveLength(1)
    const { Encrypt } = JSON.parse(received[0]?.body ?? '') as { Encrypt: string }

    expect(answer).toEqual({ errcode: 0, errmsg: 'ok', trace_id: expect.any(String) })
    expect(JSON.parse(openPush(Encrypt).message)).toMatchObject({
      MsgType: 'event',
      Event: 'wxa_media_check',
      appid,
      trace_id: answer.trace_id,
      version: 2,
      errcode: 0,
      result: { suggest: 'risky', label: 20012 },
    })
  })

  it('pushes an errcode of its own for what it cannot download', async () => {
    const { received, url } = await startReceiver()
    const push = { url, token: PUSH_TOKEN, format: 'json' } as const
    const { post, control } = await startVisited({ apps: [{ ...APP, push }] })
    await control.addVerdict({
      contains: 'gone.png',
      suggest: 'pass',
      label: 100,
      mediaErrcode: -1008,
    })
    await post('/wxa/media_check_async', { ...media, media_url: 'https://example.com/gone.png' })
    await expect.poll(() => received).toHaveLength(1)

    expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({ errcode: -1008, result: {} })
  })

  it.each([
    [40048, { media_url: 'not a url' }],
    [40048, { media_url: undefined }],
    [40048, { media_url: 'file:///etc/passwd' }],
    [40004, { media_type: 3 }],
    [40004, { media_type: undefined }],
    [47001, { media_type: '2' }],
    [47001, { openid: undefined }],
    [40003, { openid: 'oNobody' }],
    [40129, { scene: 0 }],
  ])('answers %i for %o', async (errcode, change) => {
    const { post, control } = await startVisited()
    const body = { ...media, media_url: 'https://example.com/a.png', ...change }

    expect(await post('/wxa/media_check_async', body)).toMatchObject({ errcode })
    expect(await control.pushes()).toEqual([])
  })
})

describe('getuserriskrank', () => {
  const rank = { appid, openid: 'oAlice', scene: 0, client_ip: '1.2.3.4' }

  it('needs a recent visitor, unless it is a test call', async () => {
    const { post, control } = await startVisited({ settings: { tokenTtlMs: 10 * HOUR } })
    await control.advanceClock(2 * HOUR + 1000)

    expect(await post('/wxa/getuserriskrank', rank)).toMatchObject({ errcode: 61010 })
    expect(await post('/wxa/getuserriskrank', { ...rank, is_test: true })).toMatchObject({
      errcode: 0,
    })
  })

  it.each([0, 1, 2])('takes scene %i', async (scene) => {
    const { post } = await startVisited()

    expect(await post('/wxa/getuserriskrank', { ...rank, scene })).toMatchObject({ errcode: 0 })
  })

  it('answers how risky a person is', async () => {
    const { post, control } = await startVisited()
    expect(await post('/wxa/getuserriskrank', rank)).toMatchObject({ errcode: 0, risk_rank: 0 })
    await control.createPerson({ name: 'alice', riskRank: 3 })
    expect(await post('/wxa/getuserriskrank', rank)).toEqual({
      errcode: 0,
      errmsg: 'getuserriskrank succ',
      risk_rank: 3,
      unoin_id: expect.any(Number),
    })
  })

  it.each([
    [40013, { appid: 'wx0' }],
    [40003, { openid: 'oNobody' }],
    [47001, { client_ip: undefined }],
    [44002, { client_ip: '' }],
    [47001, { scene: '0' }],
    [40129, { scene: 3 }],
  ])('answers %i for %o', async (errcode, change) => {
    const { post } = await startVisited()

    expect(await post('/wxa/getuserriskrank', { ...rank, ...change })).toMatchObject({ errcode })
  })
})
