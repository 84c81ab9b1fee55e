import { describe, expect, it } from 'vitest'
import { MASKED, newNumber } from './support/numbers.ts'
import { BIND_PATH, CENTRE, FAILURE, PHONE, PHONE_BUTTON, RETRY } from './support/pages.ts'
import { useWorld } from './support/world.ts'

describe('a phone number', () => {
  const world = useWorld()
  /** Asks the API directly, not through the phone. */
  const mobileOf = async (token: string) => (await world.api.profile(token)).data.mobile
  const changeNumber = (person: string, phone: string) =>
    world.wechat.createPerson({ name: person, phone })
  /** Binds the number on a second device of the user, or of another one. */
  const bindElsewhere = async (person: string, number: string) => {
    const token = await world.api.signInElsewhere(person)
    await changeNumber(person, number)
    expect(await world.api.bindPhone(person, token)).toMatchObject({ errno: 0 })
    return token
  }

  it('is bound with one tap, shown masked at once, and known to the API', async () => {
    const { phone, api, person, gate } = world
    await world.signIn()
    const elsewhere = await api.signInElsewhere(person)
    await phone.open(CENTRE)
    await phone.sees('.mobile', '未绑定')
    await world.openPhonePage()
    await phone.sees('.heading', '绑定手机号')
    await phone.seesNo('.others')
    await world.tapPhone('allow')

    await phone.isOn(CENTRE)
    await phone.sees('.mobile', MASKED)
    await world.told(`已绑定 ${MASKED}`)
    expect(await mobileOf(elsewhere)).toBe(MASKED)
    expect(gate.to(BIND_PATH)).toMatchObject([{ status: 200 }])
  })

  it('is not stored on the phone, neither whole nor masked', async () => {
    const { phone } = world
    // A name of one's own: a placeholder's digits could look like the number.
    await world.signIn('晓雯')
    await world.openPhonePage()
    await world.tapPhone('allow')
    await phone.sees('.mobile', MASKED)

    const info = await phone.program().callWxMethod('getStorageInfoSync')
    const { keys } = info as { keys: string[] }
    expect(keys).toContain('token')
    for (const key of keys.filter((name) => name !== 'token' && name !== 'deviceId')) {
      expect(JSON.stringify(await phone.stored(key))).not.toMatch(/156[\d*]/)
    }
  })

  it('can be declined without consequences, and bound later', async () => {
    const { phone, gate } = world
    const token = await world.signIn()
    await world.openPhonePage()
    await world.tapPhone('refuse')
    await phone.sees('.hint', '随时可以回来绑定')
    expect(gate.to(BIND_PATH)).toEqual([])
    await phone.tap('.later')
    await phone.isOn(CENTRE)
    await phone.sees('.mobile', '未绑定')

    await world.openPhonePage()
    await world.tapPhone('allow')
    await phone.isOn(CENTRE)
    expect(await mobileOf(token)).toBe(MASKED)
  })

  it('of another account is refused without telling whose it is', async () => {
    const { phone, person } = world
    const theirs = newNumber()
    const owner = await bindElsewhere(`owner-of-${person}`, theirs)
    await changeNumber(person, theirs)
    const token = await world.signIn()
    await world.openPhonePage()
    await world.tapPhone('allow')

    await phone.sees(FAILURE, '此手机号已绑定其他账号')
    await phone.seesNo(RETRY)
    const told = (await phone.texts(['failure-card', '.box'])).join()
    expect(told).not.toMatch(/owner-of|普通用户|156/)
    expect(await mobileOf(token)).toBeNull()
    expect(await mobileOf(owner)).toBe(MASKED)

    await changeNumber(person, newNumber())
    await world.tapPhone('allow')
    await phone.isOn(CENTRE)
    expect(await mobileOf(token)).toBe(MASKED)
  })

  it('is changed, and the other devices are signed out when the user chose that', async () => {
    const { phone, api, person } = world
    const elsewhere = await bindElsewhere(person, newNumber('138', '01'))
    const token = await world.signIn()
    await changeNumber(person, newNumber())
    await world.openPhonePage()
    await phone.sees('.heading', '更换手机号')
    await phone.sees('.current', '138******01')
    await phone.sees('.others', '另外 1 台设备')
    await phone.tap('.others-switch')
    await world.tapPhone('allow')

    await phone.isOn(CENTRE)
    await phone.sees('.mobile', MASKED)
    await world.told(/156\*{6}77.*退出了 1 台其他设备/)
    expect(await mobileOf(token)).toBe(MASKED)
    expect(await api.profile(elsewhere)).toMatchObject({ status: 401, errno: 714 })
    await phone.sees('.device-count', '1 台')
  })

  it('is changed, and the other devices stay signed in by default', async () => {
    const { phone, api, person } = world
    const elsewhere = await bindElsewhere(person, newNumber('138', '01'))
    await world.signIn()
    await changeNumber(person, newNumber())
    await world.openPhonePage()
    await phone.find('.others')
    await world.tapPhone('allow')

    await phone.isOn(CENTRE)
    await world.told(`已绑定 ${MASKED}`)
    expect(await api.profile(elsewhere)).toMatchObject({ errno: 0, data: { mobile: MASKED } })
  })

  it('is sent again with the same code when the network failed', async () => {
    const { phone, gate } = world
    const token = await world.signIn()
    await world.openPhonePage()
    gate.become('down')
    await world.tapPhone('allow')
    await phone.sees(FAILURE, '网络连接失败')
    await phone.seesNo(PHONE_BUTTON)

    gate.become('open')
    await phone.tap(RETRY)
    await phone.isOn(CENTRE)
    expect(await mobileOf(token)).toBe(MASKED)
  })

  it('is bound by one request when the button is tapped twice', async () => {
    const { phone, gate } = world
    await world.signIn()
    await world.openPhonePage()
    gate.hold()
    await world.tapPhone('allow')
    await phone.sees(PHONE_BUTTON, '正在绑定')
    await phone.tap(PHONE_BUTTON)
    gate.release()

    await phone.isOn(CENTRE)
    expect(gate.to(BIND_PATH)).toHaveLength(1)
  })

  it('is bound and shown although its page was left before the answer arrived', async () => {
    const { phone, gate } = world
    const token = await world.signIn()
    await world.openPhonePage()
    gate.hold()
    await world.tapPhone('allow')
    await phone.sees(PHONE_BUTTON, '正在绑定')
    await phone.tap('.later')
    await phone.isOn(CENTRE)
    gate.release()

    await phone.sees('.mobile', MASKED)
    expect(await phone.stack()).toEqual([CENTRE])
    expect(await mobileOf(token)).toBe(MASKED)
  })

  it('is not requested for a guest', async () => {
    const { phone, gate } = world
    await phone.open(PHONE)
    await phone.sees('.guest-title', '登录后才能绑定手机号')
    await phone.seesNo(PHONE_BUTTON)
    expect(gate.passages).toEqual([])
  })
})
