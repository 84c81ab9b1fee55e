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
  ])('thinks of %j: %s', async (content, suggest, label) => {
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

  it('also judges nickname, title and signature', async () => {
    const { check } = await startVisited()

    expect(await check({ nickname: 'spam' })).toMatchObject({ result: { suggest: 'risky' } })
  })

  it.each([
    [44002, { content: '' }],
    [45002, { content: '字'.repeat(2501) }],
    [44002, { openid: undefined }],
    [40003, { openid: 'oNobody' }],
    [40129, { scene: 5 }],
  ])('answers %i for %o', async (errcode, change) => {
    const { check } = await startVisited()

    expect(await check(change)).toMatchObject({ errcode })
  })

  it('accepts 2500 characters, however many bytes they are', async () => {
    const { check } = await startVisited()

    expect(await check({ content: '😀'.repeat(2500) })).toMatchObject({ errcode: 0 })
  })

  it('answers 61010 for somebody who has not been here lately', async () => {
    const { check, control } = await startVisited({ settings: { tokenTtlMs: 10 * HOUR } })
    await control.advanceClock(2 * HOUR + 1000)

    expect(await check({})).toMatchObject({ errcode: 61010 })
  })

  it('answers 43104 for who the person is to another app', async () => {
    const { check, control } = await startVisited()
    await control.createApp({ appid: 'wx2', secret: 's' })
    const [alice] = await control.people()

    expect(await check({ openid: alice?.apps.wx2?.openid })).toMatchObject({ errcode: 43104 })
  })

  it('knows the texts that WeChat gives for trying it', async () => {
    const { check } = await startVisited()

    expect(await check({ content: '特3456书yuuo莞6543李zxcz蒜7782法fgnv级' })).toMatchObject({
      result: { suggest: 'risky' },
    })
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

  it.each([
    [44002, { media_url: 'not a url' }],
    [40004, { media_type: 3 }],
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

  it('tells how risky a person is', async () => {
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
    [44002, { client_ip: undefined }],
    [40129, { scene: 2 }],
  ])('answers %i for %o', async (errcode, change) => {
    const { post } = await startVisited()

    expect(await post('/wxa/getuserriskrank', { ...rank, ...change })).toMatchObject({ errcode })
  })
})
