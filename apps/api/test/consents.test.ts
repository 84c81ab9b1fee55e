import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeOnEachEngine } from './database/engines.ts'
import { queryRows } from './database/query.ts'
import { consentTools, INVITED, NEW_DEVICE, WX_TEMPLATES } from './support/consents.ts'
import { untilItHolds } from './support/eventually.ts'
import { PUSH_TOKEN, pushByHand, pushTo } from './support/push.ts'
import type { TestApi } from './support/start-test-api.ts'
import { openidOf, startTestApi, TEST_APP } from './support/start-test-api.ts'

describeOnEachEngine('Consents that WeChat pushes', (engine) => {
  let api: TestApi
  let tools: ReturnType<typeof consentTools>
  beforeAll(async () => {
    const { url } = await engine.create()
    const env = { WX_PUSH_TOKEN: PUSH_TOKEN, WX_TEMPLATES }
    api = await startTestApi({ env: url === undefined ? env : { ...env, DATABASE_URL: url } })
    tools = consentTools(api)
    await tools.addTemplates()
    await pushTo(api)
  })
  afterAll(() => api.close())

  const counts = (token: string, templateId: string, left: number) =>
    untilItHolds(async () => expect(await tools.left(token, templateId)).toBe(left))

  it('are none at first, for each configured template', async () => {
    const { token } = await api.signIn('beginner')

    expect((await tools.read(token)).data).toEqual({
      templates: [
        { kind: 'new_device', id: NEW_DEVICE, left: 0 },
        { kind: 'invited', id: INVITED, left: 0 },
      ],
      countedBy: 'wechat',
    })
  })

  it.each(['xml', 'json'] as const)('count for each accept, in %s', async (format) => {
    await pushTo(api, { format })
    const person = `counter-${format}`
    const { token } = await api.signIn(person)

    // A list of two entries, then one that is no list.
    await tools.ask(person, [NEW_DEVICE, INVITED], { answers: { [INVITED]: 'reject' } })
    await counts(token, NEW_DEVICE, 1)
    await api.simulator.control.advanceClock(1_000)
    await tools.ask(person, [NEW_DEVICE], { answers: { [NEW_DEVICE]: 'acceptWithAudio' } })
    await counts(token, NEW_DEVICE, 2)
    expect(await tools.left(token, INVITED)).toBe(0)
  })

  it('end when the user refuses the template in the settings', async () => {
    const { token } = await api.signIn('refuser')
    await tools.ask('refuser', [NEW_DEVICE, INVITED])
    await counts(token, INVITED, 1)

    await tools.refuse('refuser', NEW_DEVICE)

    await counts(token, NEW_DEVICE, 0)
    expect(await tools.left(token, INVITED)).toBe(1)
  })

  it('count once, however often and wherever their push is delivered', async () => {
    const { token } = await api.signIn('repeated')
    const event = await tools.accepting('repeated', NEW_DEVICE, 100)
    await pushByHand(api, event)
    // What a second node, or this one after its memory was lost, is given.
    const again = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const openid = await openidOf(api, 'repeated')
        const id = String((await queryRows(api.config.database, LAST_PUSH))[0]?.id)
        return api.consents.onPush({
          kind: 'message_consent',
          appId: TEST_APP.appid,
          id,
          openid,
          accepted: [NEW_DEVICE],
        })
      }),
    )

    expect(again).toEqual(Array(8).fill(false))
    expect(await tools.left(token, NEW_DEVICE)).toBe(1)
    await pushByHand(api, { ...event, CreateTime: 101 })
    expect(await tools.left(token, NEW_DEVICE)).toBe(2)
  })

  it('are all counted when many come at once', async () => {
    const { token } = await api.signIn('busy')
    const openid = await openidOf(api, 'busy')
    await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        api.consents.onPush({
          kind: 'message_consent',
          appId: TEST_APP.appid,
          id: String(index).padStart(43, 'b'),
          openid,
          accepted: [NEW_DEVICE, INVITED],
        }),
      ),
    )

    expect(await tools.left(token, NEW_DEVICE)).toBe(40)
    expect(await tools.left(token, INVITED)).toBe(40)
  })

  it('are spent by a message of another service, once WeChat reports it', async () => {
    const { token } = await api.signIn('served')
    await tools.ask('served', [INVITED])
    await counts(token, INVITED, 1)
    const sent = {
      FromUserName: await openidOf(api, 'served'),
      Event: 'subscribe_msg_sent_event',
      List: { TemplateId: INVITED, MsgID: '1', ErrorCode: '0', ErrorStatus: 'success' },
    }

    await pushByHand(api, sent)
    expect(await tools.left(token, INVITED)).toBe(0)
    await pushByHand(api, { ...sent, List: { ...sent.List, MsgID: '2' } })
    expect(await tools.left(token, INVITED)).toBe(0)
  })

  it('change nothing when the client claims them', async () => {
    const { token } = await api.signIn('claimer')

    expect((await tools.report(token, [NEW_DEVICE])).data.templates).toMatchObject([
      { id: NEW_DEVICE, left: 0 },
      { left: 0 },
    ])
  })

  it.each([
    { List: undefined },
    { List: 'x' },
    { List: [null, 1, {}] },
    { List: { TemplateId: '会议', SubscribeStatusString: 'accept' } },
    { List: { TemplateId: 'x'.repeat(65), SubscribeStatusString: 'accept' } },
    { List: { TemplateId: NEW_DEVICE, SubscribeStatusString: ['accept'] } },
  ])('are not found in the malformed event %j', async (change) => {
    const { token } = await api.signIn('malformed')
    const event = await tools.accepting('malformed', NEW_DEVICE, 1)

    expect(await pushByHand(api, { ...event, ...change })).toBe(200)
    expect(await tools.left(token, NEW_DEVICE)).toBe(0)
  })

  it('of nobody that is known here are acknowledged', async () => {
    await api.simulator.control.createPerson({
      name: 'stranger',
      appid: TEST_APP.appid,
      openid: 'oStranger',
    })
    const event = await tools.accepting('stranger', NEW_DEVICE, 1)

    expect(await pushByHand(api, event)).toBe(200)
  })

  it('are in the export of own data, and gone with the account', async () => {
    const { token } = await api.signIn('leaver')
    await tools.ask('leaver', [NEW_DEVICE])
    await counts(token, NEW_DEVICE, 1)
    type Export = { consents: unknown }
    expect((await api.call<Export>('/wx/user/data', { token })).data.consents).toEqual([
      { templateId: NEW_DEVICE, left: 1, changedAt: expect.stringMatching(/Z$/) },
    ])
    const openid = await openidOf(api, 'leaver')
    const late = api.consents.onPush({
      kind: 'message_consent',
      appId: TEST_APP.appid,
      id: 'late'.padEnd(43, '-'),
      openid,
      accepted: [INVITED],
    })
    const closing = api.call('/wx/user/close_account', {
      method: 'POST',
      token,
      body: { confirm: true },
    })
    await Promise.all([late, closing])

    const rows = await queryRows(
      api.config.database,
      `SELECT c.credit FROM message_consent c JOIN wx_user u ON u.id = c.user_id WHERE u.status = 2`,
    )
    expect(rows).toEqual([])
  })

  it('leave no trace of their pushes after some days', async () => {
    await api.signIn('forgetful')
    await pushByHand(api, await tools.accepting('forgetful', NEW_DEVICE, 1))
    expect(await api.consents.forgetPushes(10_000)).toBe(0)
    await queryRows(
      api.config.database,
      `UPDATE consent_push SET counted_at = '2026-01-01 00:00:00'`,
    )

    expect(await api.consents.forgetPushes(2)).toBe(2)
    expect(await api.consents.forgetPushes(10_000)).toBeGreaterThan(0)
    expect(await queryRows(api.config.database, 'SELECT id FROM consent_push')).toEqual([])
  })
})

const LAST_PUSH = 'SELECT id FROM consent_push ORDER BY counted_at DESC LIMIT 1'

describeOnEachEngine('Consents that clients report', (engine) => {
  let api: TestApi
  let tools: ReturnType<typeof consentTools>
  beforeAll(async () => {
    const { url } = await engine.create()
    const env = { WX_TEMPLATES }
    api = await startTestApi({ env: url === undefined ? env : { ...env, DATABASE_URL: url } })
    tools = consentTools(api)
    await tools.addTemplates()
  })
  afterAll(() => api.close())

  it('count where WeChat pushes nothing', async () => {
    const { token } = await api.signIn('reporter')

    const { data } = await tools.report(token, [NEW_DEVICE, INVITED])

    expect(data).toMatchObject({ countedBy: 'client', templates: [{ left: 1 }, { left: 1 }] })
    expect(await tools.left(token, NEW_DEVICE)).toBe(1)
  })

  it('are at most 20 of a template, and so many reports an hour', async () => {
    const { token } = await api.signIn('greedy')
    const answers = await Promise.all(
      Array.from({ length: 32 }, () => tools.report(token, [NEW_DEVICE])),
    )

    expect(answers.filter(({ errno }) => errno === 706)).toHaveLength(2)
    expect(await tools.left(token, NEW_DEVICE)).toBe(20)
  })

  it.each([
    [['unknown-template'], 402],
    [[], 401],
    [[NEW_DEVICE, NEW_DEVICE], 401],
    ['text', 401],
    [[1, 2, 3, 4, 5, 6].map(String), 401],
  ])('are refused as %j', async (accepted, errno) => {
    const { token } = await api.signIn('wrong')
    expect(await tools.report(token, accepted)).toMatchObject({ status: 400, errno })
  })
})
