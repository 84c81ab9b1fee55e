import type { SessionsResult } from '@oa/contracts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeOnEachEngine } from './database/engines.ts'
import { queryRows } from './database/query.ts'
import { consentTools, NEW_DEVICE, SEND, WX_TEMPLATES } from './support/consents.ts'
import { untilItHolds } from './support/eventually.ts'
import { PUSH_TOKEN, pushTo } from './support/push.ts'
import type { TestApi } from './support/start-test-api.ts'
import { startTestApi } from './support/start-test-api.ts'

const PHONE = { deviceId: 'old-phone', deviceName: '旧手机' }
const EVER = '2099-01-01T00:00:00.000Z'
const TABLET = { deviceId: 'new-tablet', deviceName: '新平板' }

describeOnEachEngine('A sign-in on a new device', (engine) => {
  let api: TestApi
  let tools: ReturnType<typeof consentTools>
  beforeAll(async () => {
    const { url } = await engine.create()
    const env = { WX_TEMPLATES, WX_PUSH_TOKEN: PUSH_TOKEN }
    api = await startTestApi({ env: url === undefined ? env : { ...env, DATABASE_URL: url } })
    tools = consentTools(api)
    await tools.addTemplates()
    await pushTo(api)
  })
  afterAll(() => api.close())

  const sessions = async (token: string) =>
    (await api.call<SessionsResult>('/wx/auth/sessions', { token })).data
  const newDevices = async (token: string) =>
    (await sessions(token)).newDevices.map(({ deviceName }) => deviceName)
  const see = async (token: string, until: string) => {
    const answer = await api.call('/wx/auth/new_devices_seen', {
      method: 'POST',
      token,
      body: { until },
    })
    expect(answer).toMatchObject({ errno: 0 })
  }
  const shows = (token: string, ...names: string[]) =>
    untilItHolds(async () => expect(await newDevices(token)).toEqual(names))
  /** What is looked for in the background is found by then. */
  const settled = async (person: string) => {
    const { token } = await api.signIn(`${person}-probe`, { deviceId: 'probe-one' })
    await api.signIn(`${person}-probe`, { deviceId: 'probe-two', deviceName: 'probe' })
    await shows(token, 'probe')
  }

  it('is shown on the other devices until it is seen there', async () => {
    const phone = await api.signIn('owner', PHONE)
    expect(await newDevices(phone.token)).toEqual([])
    const tablet = await api.signIn('owner', TABLET)

    await shows(phone.token, '新平板')
    const { newDevices: found, sessions: live } = await sessions(phone.token)
    expect(found).toEqual([
      {
        deviceName: '新平板',
        ip: '127.0.0.1',
        at: live[0]?.createdAt,
        sessionId: live[0]?.id,
      },
    ])
    expect(await newDevices(tablet.token)).toEqual([])

    await see(phone.token, String(found[0]?.at))
    expect(await newDevices(phone.token)).toEqual([])
    await api.signIn('owner', TABLET)
    await settled('owner')
    expect(await newDevices(phone.token)).toEqual([])
  })

  it('cannot be hidden by that device, nor by another new one', async () => {
    const phone = await api.signIn('victim', PHONE)
    const thief = await api.signIn('victim', { deviceId: 'thief-one', deviceName: '一' })
    await shows(phone.token, '一')
    const second = await api.signIn('victim', { deviceId: 'thief-two', deviceName: '二' })
    await shows(phone.token, '二', '一')
    for (const { token } of [thief, second]) await see(token, EVER)
    // Signing in again does not make it known.
    const again = await api.signIn('victim', { deviceId: 'thief-two', deviceName: '二' })
    await see(again.token, EVER)

    expect(await newDevices(phone.token)).toEqual(['二', '一'])
    expect(await newDevices(thief.token)).toEqual([])
    await api.logout(thief.token)
    expect((await sessions(phone.token)).newDevices.at(-1)).toMatchObject({
      deviceName: '一',
      sessionId: null,
    })
  })

  it('that comes after the list was read stays unseen', async () => {
    const phone = await api.signIn('quick', PHONE)
    await api.signIn('quick', TABLET)
    await shows(phone.token, '新平板')
    const [shown] = (await sessions(phone.token)).newDevices
    await api.signIn('quick', { deviceId: 'later-one', deviceName: '后来' })
    await shows(phone.token, '后来', '新平板')
    await see(phone.token, String(shown?.at))

    expect(await newDevices(phone.token)).toEqual(['后来'])
  })

  it('is none of a new user, of a known device that was signed out, nor of who was forgotten', async () => {
    const { token } = await api.signIn('regular', PHONE)
    await api.logout(token)
    const back = await api.signIn('regular', PHONE)
    const other = await api.signIn('forgotten', PHONE)
    await api.logout(other.token)
    await queryRows(
      api.config.database,
      `DELETE FROM wx_session WHERE user_id = (SELECT id FROM (SELECT MAX(id) AS id FROM wx_user) u)`,
    )
    const returned = await api.signIn('forgotten', TABLET)
    await settled('regular')

    const probe = await api.signIn('regular', { deviceId: 'probe-device' })
    expect(await newDevices(probe.token)).toEqual([])
    await shows(back.token, '')
    const second = await api.signIn('forgotten', { deviceId: 'probe-device' })
    expect(await newDevices(second.token)).toEqual([])
    await shows(returned.token, '')
  })

  it('is known by its user agent when it names itself by no id', async () => {
    const phone = await api.signIn('named', PHONE)
    const unnamed = await api.signIn('named', { deviceName: '无名' })
    await shows(phone.token, '无名')
    await see(phone.token, EVER)
    await api.logout(unnamed.token)
    await api.signIn('named', { deviceName: '无名' })
    await settled('named')

    expect(await newDevices(phone.token)).toEqual([])
  })

  it('is noted and told once, however many sign in on it at once', async () => {
    const phone = await api.signIn('crowd', PHONE)
    await tools.ask('crowd', [NEW_DEVICE])
    await api.simulator.control.advanceClock(1_000)
    await tools.ask('crowd', [NEW_DEVICE])
    await untilItHolds(async () => expect(await tools.left(phone.token, NEW_DEVICE)).toBe(2))

    await Promise.all(Array.from({ length: 6 }, () => api.signIn('crowd', TABLET)))

    await shows(phone.token, '新平板')
    await settled('crowd')
    expect(await tools.messagesTo('crowd')).toHaveLength(1)
    expect(await tools.left(phone.token, NEW_DEVICE)).toBe(1)
  })

  it('is told to who has agreed to it, in a message that opens the devices', async () => {
    const phone = await api.signIn('agreeing', PHONE)
    await tools.ask('agreeing', [NEW_DEVICE])
    await untilItHolds(async () => expect(await tools.left(phone.token, NEW_DEVICE)).toBe(1))

    await api.signIn('agreeing', TABLET)

    await untilItHolds(async () =>
      expect(await tools.messagesTo('agreeing')).toMatchObject([
        {
          content: {
            page: 'pages/ucenter/devices/devices',
            data: { thing1: { value: '新平板' }, character_string3: { value: '127.0.0.1' } },
          },
        },
      ]),
    )
    expect(await tools.left(phone.token, NEW_DEVICE)).toBe(0)
  })

  it('succeeds and is shown while WeChat takes no messages', async () => {
    const phone = await api.signIn('down', PHONE)
    await tools.ask('down', [NEW_DEVICE])
    await untilItHolds(async () => expect(await tools.left(phone.token, NEW_DEVICE)).toBe(1))
    await api.simulator.control.addFault({ path: SEND, stallAfterConsuming: true })

    // Signs in while the message is still under way, which takes three seconds.
    await api.signIn('down', TABLET)
    await shows(phone.token, '新平板')
    expect(await tools.left(phone.token, NEW_DEVICE)).toBe(0)
    await api.simulator.control.clearFaults()
  })

  it('is in the export of own data, and gone with the account', async () => {
    const phone = await api.signIn('leaving', PHONE)
    await api.signIn('leaving', TABLET)
    await shows(phone.token, '新平板')
    type Export = { newDevices: unknown }
    const { data } = await api.call<Export>('/wx/user/data', { token: phone.token })
    expect(data.newDevices).toEqual([
      { deviceName: '新平板', ip: '127.0.0.1', at: expect.stringMatching(/Z$/) },
    ])
    const body = { confirm: true }
    await api.call('/wx/user/close_account', { method: 'POST', token: phone.token, body })

    expect(
      await queryRows(
        api.config.database,
        'SELECT d.ip FROM new_device d JOIN wx_user u ON u.id = d.user_id WHERE u.status = 2',
      ),
    ).toEqual([])
  })

  it('is forgotten when nobody has looked for three months', async () => {
    const phone = await api.signIn('absent', PHONE)
    await api.signIn('absent', TABLET)
    await shows(phone.token, '新平板')
    expect(await api.newDevices.removeOld(1_000)).toBe(0)
    await queryRows(
      api.config.database,
      `UPDATE new_device SET at = '2026-01-01 00:00:00' WHERE device_name = '新平板'`,
    )

    expect(await api.newDevices.removeOld(1_000)).toBeGreaterThan(0)
    expect(await newDevices(phone.token)).toEqual([])
  })
})
