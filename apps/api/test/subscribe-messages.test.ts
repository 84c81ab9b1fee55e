import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { describeOnEachEngine } from './database/engines.ts'
import { queryRows } from './database/query.ts'
import { consentTools, NEW_DEVICE, SEND, WX_TEMPLATES } from './support/consents.ts'
import { untilItHolds } from './support/eventually.ts'
import { PUSH_TOKEN, pushTo } from './support/push.ts'
import type { TestApi } from './support/start-test-api.ts'
import { openidOf, startTestApi, TEST_APP } from './support/start-test-api.ts'

const VALUES = { device: 'iPhone 15', time: new Date('2026-11-30T10:05:00Z'), ip: '2001:db8::1' }
const PAGE = 'pages/ucenter/devices/devices'

const CALLS_THAT_KEEP_IT_CLOSED = 3

describeOnEachEngine('A subscribe message', (engine) => {
  let api: TestApi
  let tools: ReturnType<typeof consentTools>
  beforeAll(async () => {
    const { url } = await engine.create()
    const env = { WX_TEMPLATES, WX_PUSH_TOKEN: PUSH_TOKEN }
    api = await startTestApi({
      env: url === undefined ? env : { ...env, DATABASE_URL: url },
      expectErrors: [/WeChat refuses a subscribe message/],
    })
    tools = consentTools(api)
    await tools.addTemplates()
    await pushTo(api)
  })
  afterEach(() => api.simulator.control.clearFaults())
  afterAll(() => api.close())

  /** A user who has agreed to that many messages. */
  const agreed = async (person: string, count: number) => {
    const { token } = await api.signIn(person)
    for (let time = 0; time < count; time += 1) {
      await tools.ask(person, [NEW_DEVICE])
      await api.simulator.control.advanceClock(1_000)
    }
    await untilItHolds(async () => expect(await tools.left(token, NEW_DEVICE)).toBe(count))
    const openid = await openidOf(api, person)
    const [row] = await queryRows(
      api.config.database,
      `SELECT id FROM wx_user WHERE weixin_openid = '${openid}'`,
    )
    const user = { id: Number(row?.id), appId: TEST_APP.appid, openid }
    return { token, user, send: () => api.messages.send(user, 'new_device', VALUES, PAGE) }
  }
  const left = (token: string) => tools.left(token, NEW_DEVICE)
  const fail = (fault: object) => api.simulator.control.addFault({ path: SEND, ...fault })

  it('spends one consent, and not another one when WeChat reports it', async () => {
    const { token, send } = await agreed('reader', 2)

    expect(await send()).toBe('sent')
    expect(await left(token)).toBe(1)
    await untilItHolds(async () =>
      expect(await api.simulator.control.pushes()).toContainEqual(
        expect.objectContaining({ event: 'subscribe_msg_sent_event', acknowledged: true }),
      ),
    )
    expect(await left(token)).toBe(1)
    expect(await tools.messagesTo('reader')).toMatchObject([
      {
        content: {
          template_id: NEW_DEVICE,
          page: PAGE,
          data: {
            thing1: { value: 'iPhone 15' },
            time2: { value: '2026年11月30日 18:05' },
            character_string3: { value: '2001:db8::1' },
          },
        },
      },
    ])
  })

  it('is not sent without a consent, nor without a template', async () => {
    const { send, user } = await agreed('shy', 0)

    expect(await send()).toBe('no_consent')
    const meeting = { title: '周会', time: new Date() }
    expect(await api.messages.send(user, 'vote', meeting, PAGE)).toBe('off')
    expect(await tools.messagesTo('shy')).toEqual([])
  })

  it('is sent as often as was agreed to, by however many at once', async () => {
    const { token, send } = await agreed('popular', 3)
    const outcomes = await Promise.all(Array.from({ length: 30 }, send))

    expect(outcomes.filter((outcome) => outcome === 'sent')).toHaveLength(3)
    expect(outcomes.filter((outcome) => outcome === 'no_consent')).toHaveLength(27)
    expect(await left(token)).toBe(0)
    expect(await tools.messagesTo('popular')).toHaveLength(3)
  })

  it('leaves no consent when WeChat knows of none', async () => {
    const { token, send } = await agreed('changed-mind', 2)
    await fail({ errcode: 43101 })

    expect(await send()).toBe('refused')
    expect(await left(token)).toBe(0)
  })

  it('keeps the consent while WeChat cannot be reached, or no token be had', async () => {
    const { token, send } = await agreed('unreached', 1)
    await fail({ errcode: 45009 })
    expect(await send()).toBe('failed')
    await api.simulator.control.clearFaults()
    // The token is refused, and there is no other one.
    await fail({ errcode: 40001 })
    await api.simulator.control.addFault({
      path: '/cgi-bin/stable_token',
      errcode: 45009,
      times: 9,
    })
    expect(await send()).toBe('failed')
    await api.simulator.control.clearFaults()

    expect(await left(token)).toBe(1)
    expect(await send()).toBe('sent')
  })

  it.each([40037, 47003])('is a mistake of the operator with errcode %i', async (errcode) => {
    const { token, send } = await agreed(`mistaken-${errcode}`, 1)
    await fail({ errcode })

    expect(await send()).toBe('wrong')

    expect(await left(token)).toBe(1)
    expect(api.logs.lines()).toContainEqual(
      expect.objectContaining({
        level: 'error',
        templateId: NEW_DEVICE,
        msg: 'WeChat refuses a subscribe message: check WX_TEMPLATES',
      }),
    )
  })

  it('can be refused by a template that has other fields than were configured', async () => {
    const { send } = await agreed('outdated', 1)
    await api.simulator.control.addTemplate({
      appid: TEST_APP.appid,
      templateId: NEW_DEVICE,
      fields: ['thing1', 'time2', 'thing9'],
    })
    expect(await send()).toBe('wrong')
    await tools.addTemplates()
    expect(await send()).toBe('sent')
  })

  it.each([
    ['the answer is lost', { reset: true }],
    ['the answer never comes', { stallAfterConsuming: true }],
    ['the answer is cut off', { truncate: true }],
    ['WeChat says that it is busy', { errcode: -1 }],
  ])('is not sent again when %s, and its consent is spent', async (name, fault) => {
    const person = `lost-${name.replaceAll(' ', '-')}`
    // The breaker opens when half of the calls fail, however long ago other tests had some that did not.
    const well = await agreed(`${person}-before`, CALLS_THAT_KEEP_IT_CLOSED)
    for (let call = 0; call < CALLS_THAT_KEEP_IT_CLOSED; call += 1) {
      expect(await well.send()).toBe('sent')
    }
    const { token, send } = await agreed(person, 2)
    await fail(fault)

    expect(await send()).toBe('unknown')

    const calls = await api.simulator.control.calls({ path: SEND })
    expect(calls.filter((call) => call.person === person).length).toBeLessThanOrEqual(1)
    expect(await left(token)).toBe(1)
  })
})
