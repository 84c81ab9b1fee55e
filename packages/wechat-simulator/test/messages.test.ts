import { describe, expect, it } from 'vitest'
import { PUSH_TOKEN, useReceiver } from './receiver.ts'
import { APP, createApi, useSimulator } from './support.ts'

const start = useSimulator()
const startReceiver = useReceiver()
const { appid } = APP
const alice = { appid, person: 'alice' }
const HOUR = 3_600_000

const startApi = async (options = {}) => {
  const simulator = await start({ apps: [{ ...APP, pages: ['pages/index'] }], ...options })
  await simulator.control.createPerson({ name: 'alice', appid, openid: 'oAlice' })
  await simulator.control.addTemplate({ appid, templateId: 'T1', fields: ['thing1', 'time2'] })
  const { post } = await createApi(simulator)
  const message = {
    touser: 'oAlice',
    template_id: 'T1',
    data: { thing1: { value: '周会' }, time2: { value: '2026-11-21 10:00' } },
  }

  return {
    ...simulator,
    send: (change = {}) => post('/cgi-bin/message/subscribe/send', { ...message, ...change }),
    reply: (change = {}) =>
      post('/cgi-bin/message/custom/send', {
        touser: 'oAlice',
        msgtype: 'text',
        text: { content: 'hi' },
        ...change,
      }),
  }
}

describe('a subscription message', () => {
  it('can be sent once for each consent, then is answered 43101', async () => {
    const { send, control } = await startApi()
    expect(await send()).toMatchObject({ errcode: 43101 })
    const asked = { ...alice, tmplIds: ['T1'] }
    expect(await control.requestSubscribe(asked)).toEqual({
      errMsg: 'requestSubscribeMessage:ok',
      T1: 'accept',
    })
    await control.requestSubscribe(asked)

    expect(await send()).toEqual({ errcode: 0, errmsg: 'ok', msgid: expect.any(Number) })
    expect(await send()).toMatchObject({ errcode: 0 })
    expect(await send()).toMatchObject({ errcode: 43101 })
    expect(await control.messages()).toMatchObject([
      { person: 'alice', kind: 'subscribe', content: { data: { thing1: { value: '周会' } } } },
      { kind: 'subscribe' },
    ])
  })

  it('that was refused is not sent', async () => {
    const { send, control } = await startApi()
    const answers = { T1: 'reject' } as const
    expect(await control.requestSubscribe({ ...alice, tmplIds: ['T1'], answers })).toMatchObject({
      T1: 'reject',
    })

    expect(await send()).toMatchObject({ errcode: 43101 })
    expect(await control.messages()).toEqual([])
  })

  it.each([
    [40003, { touser: 'oNobody' }, 'invalid openid'],
    [40037, { template_id: 'T9' }, 'invalid template_id'],
    [41030, { page: 'pages/nowhere' }, 'invalid page'],
    [47003, { data: {} }, 'argument invalid! data.thing1.value is empty'],
    [47003, { data: undefined }, 'argument invalid! data.thing1.value is empty'],
    [47001, { data: '{}' }, 'data format error'],
    [47001, { touser: 1 }, 'data format error'],
    [
      45168,
      { data: { thing1: { value: '敏感词' }, time2: { value: '10:00' } } },
      'the message has sensitive words',
    ],
    [
      47003,
      { data: { thing1: { value: '字'.repeat(21) }, time2: { value: '10:00' } } },
      'argument invalid! data.thing1.value invalid',
    ],
    [
      47003,
      { data: { thing1: { value: 'a' }, time2: { value: 'soon' } } },
      'argument invalid! data.time2.value invalid',
    ],
  ])('is answered %i for %o, and costs no consent', async (errcode, change, errmsg) => {
    const { send, control } = await startApi()
    await control.requestSubscribe({ ...alice, tmplIds: ['T1'] })
    await control.addVerdict({ contains: '敏感词', suggest: 'risky', label: 20001 })

    expect(await send(change)).toMatchObject({
      errcode,
      errmsg: expect.stringMatching(new RegExp(`^${errmsg} rid`)),
    })
    expect(await send({ page: 'pages/index?a=1' })).toMatchObject({ errcode: 0 })
  })

  it('has its text cut off where WeChat cuts it', async () => {
    const { send, control } = await startApi()
    const fields = ['character_string12']
    await control.addTemplate({ appid, templateId: 'T2', fields })
    const data = { character_string12: { value: '中文' } }

    expect(await send({ template_id: 'T2', data })).toMatchObject({
      errmsg: expect.stringMatching(/^argument invalid! data\.character_string12\.value rid: /),
    })
  })

  it.each([
    [{ banned: true }, {}],
    [{}, { subscribeBanned: true }],
  ])('is answered 43107 for the template %o of the app %o', async (template, traits) => {
    const { send, control } = await startApi()
    await control.addTemplate({ appid, templateId: 'T1', fields: [], ...template })
    await control.changeApp({ appid, ...traits })

    expect(await send()).toMatchObject({ errcode: 43107 })
  })

  it('can be sent any number of times by a long-term template', async () => {
    const { send, control } = await startApi()
    await control.addTemplate({ appid, templateId: 'T1', fields: [], type: 'long' })
    await control.requestSubscribe({ ...alice, tmplIds: ['T1'] })
    for (let count = 0; count < 3; count += 1) expect(await send()).toMatchObject({ errcode: 0 })
    await control.changeSetting({ ...alice, itemSettings: { T1: 'reject' } })

    expect(await send()).toMatchObject({ errcode: 43101 })
  })
})

describe('a customer-service message', () => {
  it('needs a message of the person within 48 hours', async () => {
    const { reply, control } = await startApi()
    expect(await reply()).toMatchObject({ errcode: 45015 })
    await control.userMessage({ ...alice, content: 'hello?' })

    expect(await reply()).toEqual({ errcode: 0, errmsg: 'ok' })
    expect(await control.messages()).toMatchObject([
      { kind: 'custom', content: { text: { content: 'hi' } } },
    ])
  })

  it('is too late after 48 hours', async () => {
    const { reply, control } = await startApi({ settings: { tokenTtlMs: 100 * HOUR } })
    await control.userMessage({ ...alice, content: 'hello?' })
    await control.advanceClock(48 * HOUR + 1000)

    expect(await reply()).toMatchObject({ errcode: 45015 })
  })

  it('can be sent twice within a minute to a person who entered', async () => {
    const { reply, control } = await startApi()
    for (const _count of [1, 2]) await control.userEnter(alice)
    expect([await reply(), await reply(), await reply()]).toMatchObject([
      { errcode: 0 },
      { errcode: 0 },
      { errcode: 45047 },
    ])
    await control.advanceClock(61_000)
    expect(await reply()).toMatchObject({ errcode: 45015 })
    await control.userMessage({ ...alice, content: 'hello?' })

    expect(await reply()).toMatchObject({ errcode: 0 })
  })

  it('can be sent five times for each message of the person', async () => {
    const { reply, control } = await startApi()
    await control.userMessage({ ...alice, content: 'hello?' })
    for (let count = 0; count < 5; count += 1) expect(await reply()).toMatchObject({ errcode: 0 })
    expect(await reply()).toMatchObject({ errcode: 45047 })
    await control.userMessage({ ...alice, content: 'still there?' })

    expect(await reply()).toMatchObject({ errcode: 0 })
  })

  it.each([
    [40003, { touser: 'oNobody' }],
    [40008, { msgtype: 'voice' }],
    [40008, { msgtype: 'constructor' }],
    [47001, { msgtype: 'link' }],
    [47001, { text: 'hi' }],
    [44004, { text: { content: '' } }],
    [40007, { msgtype: 'image', image: { media_id: 'none' } }],
    [40007, { msgtype: 'miniprogrampage', miniprogrampage: { thumb_media_id: 'none' } }],
  ])('is answered %i for %o', async (errcode, change) => {
    const { reply, control } = await startApi()
    await control.userMessage({ ...alice, content: 'hello?' })

    expect(await reply(change)).toMatchObject({ errcode })
  })

  it('of a person is pushed to the server', async () => {
    const { received, url } = await startReceiver()
    const push = { url, token: PUSH_TOKEN, format: 'json' } as const
    const { control } = await startApi({ apps: [{ ...APP, push }] })
    await control.userMessage({ ...alice, content: 'hello?' })

    expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({
      FromUserName: 'oAlice',
      MsgType: 'text',
      Content: 'hello?',
      MsgId: expect.any(Number),
    })
  })
})
