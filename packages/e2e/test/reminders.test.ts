import { describe, expect, it } from 'vitest'
import { CENTRE, CONSENTS_PATH, DEVICES, FAILURE, REMINDERS, RETRY } from './support/pages.ts'
import { APP_ID } from './support/project.ts'
import { NEW_DEVICE_TEMPLATE as TEMPLATE } from './support/templates.ts'
import { until } from './support/until.ts'
import { useWorld } from './support/world.ts'

/** The first kind that is configured: a sign-in on a new device. */
const BUTTON = '.allow'
const ASK_PATH = '/cgi-bin/message/subscribe/send'

describe('reminders', () => {
  const world = useWorld({ own: true })

  const open = async () => {
    const token = await world.signIn('小明')
    await world.phone.open(CENTRE)
    await world.phone.tap('.reminders')
    await world.phone.isOn(REMINDERS)
    await world.phone.sees('.reminder-name', '新设备登录')
    return token
  }
  const left = (token: string) => world.api.remindersLeft(token, TEMPLATE)
  /** WeChat's events carry whole seconds: two alike within one are taken for one. */
  const nextSecond = () => world.wechat.advanceClock(1_000)
  const messages = async () =>
    (await world.wechat.messages()).filter(({ person }) => person === world.person)

  it('are counted when WeChat has told the server, as often as the user agrees', async () => {
    const { phone } = world
    const token = await open()
    await phone.sees('.left', '还没有开启')

    await world.tapReminder(TEMPLATE, BUTTON, 'allow')
    await phone.sees('.left', '还能提醒你 1 次')
    expect(await left(token)).toBe(1)
    await nextSecond()
    await world.tapReminder(TEMPLATE, BUTTON, 'allow')
    await phone.sees('.left', '还能提醒你 2 次')
    expect(await left(token)).toBe(2)
    expect(world.gate.to(CONSENTS_PATH).every(({ method }) => method === 'GET')).toBe(true)
  })

  it('are none when the user refuses, who can agree later', async () => {
    const { phone } = world
    const token = await open()

    await world.tapReminder(TEMPLATE, BUTTON, 'refuse')
    await world.told('不会收到这类提醒')
    await phone.sees('.left', '还没有开启')
    expect(await left(token)).toBe(0)
    await world.tapReminder(TEMPLATE, BUTTON, 'allow')
    await phone.sees('.left', '还能提醒你 1 次')
  })

  it('are counted without a question once the user has agreed for good', async () => {
    const { phone, wechat } = world
    const token = await open()
    const always = { appid: APP_ID, person: world.person, tmplIds: [TEMPLATE], always: true }
    await wechat.requestSubscribe(always)
    await until('the first consent', async () => (await left(token)) === 1)
    await phone.open(REMINDERS)
    await phone.sees('.left', '还能提醒你 1 次')
    await nextSecond()

    await world.tapReminder(TEMPLATE, BUTTON, 'nothing')

    await phone.sees('.left', '还能提醒你 2 次')
    expect(await left(token)).toBe(2)
  })

  it('lead to the settings once the user has refused for good, and work again after that', async () => {
    const { phone, wechat } = world
    const token = await open()
    await world.tapReminder(TEMPLATE, BUTTON, 'allow')
    await phone.sees('.left', '还能提醒你 1 次')
    const itemSettings = { [TEMPLATE]: 'reject' as const }
    await wechat.changeSetting({ appid: APP_ID, person: world.person, itemSettings })
    await until('the refusal', async () => (await left(token)) === 0)

    await phone.open(REMINDERS)
    await phone.sees('.refused-text', '你已在微信里拒收这类提醒')
    await world.changeReminderSetting(TEMPLATE, 'accept')
    await phone.seesNo('.refused-text')
    await nextSecond()
    await world.tapReminder(TEMPLATE, BUTTON, 'nothing')
    await phone.sees('.left', '还能提醒你 1 次')
  })

  it('tell of a new device, which the other one shows until it is seen', async () => {
    const { phone, api } = world
    const token = await open()
    await world.tapReminder(TEMPLATE, BUTTON, 'allow')
    await phone.sees('.left', '还能提醒你 1 次')

    await api.signInElsewhere(world.person)

    await until('the message', async () => (await messages()).length === 1)
    expect(await messages()).toMatchObject([
      { content: { page: DEVICES, data: { thing1: { value: 'Tablet' } } } },
    ])
    await phone.open(DEVICES)
    await phone.sees('.arrival', 'Tablet')
    await phone.sees('.new', '新设备')
    await phone.tap('.seen')
    await phone.seesNo('.arrivals')
    expect((await api.sessions(token)).data.newDevices).toEqual([])
    expect(await left(token)).toBe(0)
  })

  it('are kept while WeChat takes no messages, and the new device is shown all the same', async () => {
    const { phone, wechat, api } = world
    const token = await open()
    await world.tapReminder(TEMPLATE, BUTTON, 'allow')
    await phone.sees('.left', '还能提醒你 1 次')
    await wechat.addFault({ path: ASK_PATH, errcode: 45009, times: 0 })

    await api.signInElsewhere(world.person)
    await phone.open(DEVICES)
    await until('the notice', async () => {
      await phone.open(DEVICES)
      return (await api.sessions(token)).data.newDevices.length === 1
    })
    await phone.sees('.arrival', 'Tablet')
    await until('the attempt', async () => (await wechat.calls({ path: ASK_PATH })).length > 0)
    await until('the consent to be given back', async () => (await left(token)) === 1)
    expect(await messages()).toEqual([])
    await wechat.clearFaults()
  })

  it('show a failure while the server is away, and what is left once it is back', async () => {
    const { phone, gate } = world
    await open()
    gate.become('down')
    await phone.open(REMINDERS)
    await phone.sees(FAILURE, '网络连接失败')
    gate.become('open')
    await phone.tap(RETRY)
    await phone.sees('.left', '还没有开启')
  })
})
