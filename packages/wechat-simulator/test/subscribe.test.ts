import { describe, expect, it } from 'vitest'
import { PUSH_TOKEN, useReceiver } from './receiver.ts'
import { APP, createApi, useSimulator } from './support.ts'

const start = useSimulator()
const startReceiver = useReceiver()
const { appid } = APP
const alice = { appid, person: 'alice' }

const startWith = async (traits = {}) => {
  const simulator = await start({ apps: [{ ...APP, ...traits }] })
  const { control } = simulator
  await control.createPerson({ name: 'alice', appid, openid: 'oAlice' })
  const templates = [
    { templateId: 'T1', title: 'meeting' },
    { templateId: 'T2', title: 'meeting' },
    { templateId: 'T3', title: 'other' },
    { templateId: 'L1', type: 'long' },
    { templateId: 'B1', banned: true },
    { templateId: 'constructor' },
  ] as const
  for (const template of templates) await control.addTemplate({ appid, fields: [], ...template })
  const { post } = await createApi(simulator)

  return {
    control,
    ask: (tmplIds: string[], change = {}) =>
      control.requestSubscribe({ ...alice, tmplIds, ...change }),
    send: async (template_id: string) =>
      (await post('/cgi-bin/message/subscribe/send', { touser: 'oAlice', template_id, data: {} }))
        .errcode,
  }
}

describe('requestSubscribeMessage', () => {
  it('asks for one of the templates with the same title, and for none that is banned', async () => {
    const { ask, send } = await startWith()
    expect(await ask(['T1', 'T2', 'T3', 'B1', 'constructor'])).toEqual({
      errMsg: 'requestSubscribeMessage:ok',
      T1: 'accept',
      T2: 'filter',
      T3: 'accept',
      B1: 'ban',
      constructor: 'accept',
    })

    expect([await send('T1'), await send('T1')]).toEqual([0, 43101])
    expect([await send('T2'), await send('B1')]).toEqual([43101, 43107])
  })

  it.each(['acceptWithAudio', 'acceptWithAlert'])('takes %s for a consent', async (answer) => {
    const { ask, send } = await startWith()
    expect(await ask(['L1'], { answers: { L1: answer } })).toMatchObject({ L1: answer })

    expect(await send('L1')).toBe(0)
  })

  it('remembers a choice that is to be kept, and shows it in the settings', async () => {
    const { ask, control } = await startWith()
    await ask(['T1', 'T3'], { always: true, answers: { T1: 'reject' } })

    expect(await ask(['T1', 'T3'], { answers: { T3: 'reject' } })).toMatchObject({
      T1: 'reject',
      T3: 'accept',
    })
    expect((await control.setting(alice)).subscriptionsSetting).toEqual({
      mainSwitch: true,
      itemSettings: { T1: 'reject', T3: 'accept' },
    })
  })

  it.each([
    [10001, [], {}],
    [20001, ['T1', 'T9'], {}],
    [20002, ['T1', 'L1'], {}],
    [20003, ['T1', 'T2', 'T3', 'T4', 'T5', 'T6'], {}],
    [10002, ['T1'], { errCode: 10002 }],
    [10003, ['T1'], { errCode: 10003 }],
    [10005, ['T1'], { errCode: 10005 }],
  ])('fails with %i for %j and %o, and no consent is given', async (errCode, tmplIds, change) => {
    const { ask, send } = await startWith()

    expect(await ask(tmplIds, change)).toEqual({
      errCode,
      errMsg: expect.stringMatching(/^requestSubscribeMessage:fail \w/),
    })
    expect(await send('T1')).toBe(43101)
  })

  it('fails with 20004 when the main switch is off, and with 20005 for a banned app', async () => {
    const { ask, control } = await startWith()
    await control.changeSetting({ ...alice, mainSwitch: false })
    expect(await ask(['T1'])).toMatchObject({ errCode: 20004 })
    await control.changeApp({ appid, subscribeBanned: true })

    expect(await ask(['T1'])).toMatchObject({ errCode: 20005 })
  })
})

describe('the dialog', () => {
  it('shows neither what is banned, nor a title twice, nor what was chosen for good', async () => {
    const { ask, control } = await startWith()
    const offer = (tmplIds: string[]) => control.offerSubscribe({ ...alice, tmplIds })

    expect(await offer(['T1', 'T2', 'T3', 'B1', 'constructor'])).toEqual({
      shown: [
        { id: 'T1', title: 'meeting' },
        { id: 'T3', title: 'other' },
        { id: 'constructor', title: 'constructor' },
      ],
    })
    await ask(['T1'], { always: true })
    expect(await offer(['T1', 'T3'])).toEqual({ shown: [{ id: 'T3', title: 'other' }] })
  })

  it('fails as the request would, and changes nothing', async () => {
    const { send, control } = await startWith()
    await control.offerSubscribe({ ...alice, tmplIds: ['T1'] })

    expect(await send('T1')).toBe(43101)
    expect(await control.offerSubscribe({ ...alice, tmplIds: ['T9'] })).toMatchObject({
      errCode: 20001,
    })
  })
})

describe('the list of templates', () => {
  it('has those of the app alone, with the fields that a message must fill', async () => {
    const simulator = await start({ apps: [APP, { appid: 'wx2', secret: 's' }] })
    const { control } = simulator
    await control.addTemplate({
      appid,
      templateId: 'T1',
      title: 'meeting',
      fields: ['thing1', 'time2'],
    })
    await control.addTemplate({ appid, templateId: 'L1', fields: [], type: 'long' })
    await control.addTemplate({ appid: 'wx2', templateId: 'T2', fields: [] })
    const { get } = await createApi(simulator)

    expect(await get('/wxaapi/newtmpl/gettemplate')).toEqual({
      errcode: 0,
      errmsg: 'ok',
      data: [
        expect.objectContaining({
          priTmplId: 'T1',
          title: 'meeting',
          content: expect.stringMatching(/\{\{thing1\.DATA\}\}[\s\S]*\{\{time2\.DATA\}\}/),
          type: 2,
        }),
        expect.objectContaining({ priTmplId: 'L1', content: '', type: 3 }),
      ],
    })
  })
})

describe('the settings page', () => {
  it('shows nothing before anything was chosen', async () => {
    const { control } = await startWith()

    expect(await control.setting(alice)).toEqual({
      errMsg: 'getSetting:ok',
      authSetting: {},
      subscriptionsSetting: { mainSwitch: true },
    })
  })

  it('shows what was allowed, to each app its own', async () => {
    const { control } = await startWith()
    await control.createApp({ appid: 'wx2', secret: 's' })
    await control.changeSetting({ ...alice, authSetting: { 'scope.userLocation': false } })
    await control.changeSetting({ ...alice, authSetting: { 'scope.record': true } })

    expect((await control.setting(alice)).authSetting).toEqual({
      'scope.userLocation': false,
      'scope.record': true,
    })
    expect((await control.setting({ ...alice, appid: 'wx2' })).authSetting).toEqual({})
  })

  it('takes back the consents to a template that is refused there', async () => {
    const { ask, send, control } = await startWith()
    await ask(['T1', 'T3'])
    await control.changeSetting({ ...alice, itemSettings: { T1: 'reject' } })

    expect([await send('T1'), await send('T3')]).toEqual([43101, 0])
  })
})

describe('the app’s server', () => {
  it.each(['json', 'xml'] as const)('is pushed every step, in %s', async (format) => {
    const { received, url } = await startReceiver()
    const push = { url, token: PUSH_TOKEN, format }
    const { ask, send, control } = await startWith({ push })
    const bodies = async (count: number) => {
      await expect.poll(() => received).toHaveLength(count)
      return received.map(({ body }) => body)
    }
    await ask(['T1', 'T3'], { answers: { T3: 'reject' } })
    const [asked = ''] = await bodies(1)
    await send('T1')
    const [, sent = ''] = await bodies(2)
    await control.changeSetting({ ...alice, itemSettings: { T1: 'reject' } })
    const [, , changed = ''] = await bodies(3)

    if (format === 'json') {
      expect(JSON.parse(asked)).toMatchObject({
        FromUserName: 'oAlice',
        Event: 'subscribe_msg_popup_event',
        List: [
          { TemplateId: 'T1', SubscribeStatusString: 'accept', PopupScene: '0' },
          { TemplateId: 'T3', SubscribeStatusString: 'reject', PopupScene: '0' },
        ],
      })
      expect(JSON.parse(sent)).toMatchObject({
        Event: 'subscribe_msg_sent_event',
        List: { TemplateId: 'T1', MsgID: expect.any(String), ErrorCode: '0' },
      })
      expect(JSON.parse(changed)).toMatchObject({
        Event: 'subscribe_msg_change_event',
        List: { TemplateId: 'T1', SubscribeStatusString: 'reject' },
      })
    } else {
      expect(asked).toMatch(
        /<SubscribeMsgPopupEvent><List>.*T1.*<\/List><List>.*T3.*<\/List><\/SubscribeMsgPopupEvent>/,
      )
      expect(sent).toMatch(/<SubscribeMsgSentEvent><List>.*T1.*success.*<\/List>/)
      expect(changed).toMatch(/<SubscribeMsgChangeEvent><List>.*reject.*<\/List>/)
    }
  })

  it('is pushed that a person entered, and the unionid', async () => {
    const { received, url } = await startReceiver()
    const push = { url, token: PUSH_TOKEN, format: 'json' } as const
    const { control } = await startWith({ push, openPlatform: 'acme' })
    await control.userEnter(alice)
    await control.userEvent({ ...alice, event: 'user_info_modified' })

    expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({
      FromUserName: 'oAlice',
      MsgType: 'event',
      Event: 'user_enter_tempsession',
    })
    expect(JSON.parse(received[1]?.body ?? '')).toMatchObject({
      OpenID: 'oAlice',
      UnionID: expect.stringMatching(/^o.{27}$/),
    })
  })
})
