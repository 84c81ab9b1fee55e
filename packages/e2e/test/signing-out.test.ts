import { describe, expect, it } from 'vitest'
import { CENTRE, DEVICES, FAILURE, HOME, LOGIN_PATH, SETTINGS } from './support/pages.ts'
import { useWorld } from './support/world.ts'

const UNLOGIN = { status: 401, errno: 501 }
/** Ended on purpose, from another device. */
const ENDED = { status: 401, errno: 714 }

describe('signing out', () => {
  const world = useWorld()
  const openCentre = async () => {
    await world.phone.open(CENTRE)
    await world.phone.sees('.device-count', '台')
  }
  const openSettings = async () => {
    await openCentre()
    await world.phone.tap('.settings')
    await world.phone.isOn(SETTINGS)
  }
  const openDevices = async () => {
    await openCentre()
    await world.phone.tap('.devices')
    await world.phone.isOn(DEVICES)
    await world.phone.sees('.device', '本机')
  }

  it('ends the session here and leaves the other devices alone', async () => {
    const { phone, api, person } = world
    const token = await world.signIn()
    const elsewhere = await api.signInElsewhere(person)
    await openSettings()
    await phone.tap('.logout')

    await phone.sees('.guest-title', '登录后查看个人中心')
    await phone.seesNo('.device-count')
    await world.told('已退出登录')
    expect(await phone.stored('token')).toBe('')
    expect(await api.profile(token)).toMatchObject(UNLOGIN)
    expect((await api.sessions(elsewhere)).data.sessions).toHaveLength(1)
    await phone.open(HOME)
    await phone.sees('.guest-title', '你还没有登录')
  })

  it('stays signed out at the next start', async () => {
    const { phone, gate } = world
    await world.signIn()
    await openSettings()
    await phone.tap('.logout')
    await phone.sees('.guest-title', '登录后查看个人中心')
    gate.reset()
    await world.restart()

    await phone.sees('.guest-title', '你还没有登录')
    expect(gate.to(LOGIN_PATH)).toEqual([])
  })

  it('signs out on this device when the server cannot be reached, and says so', async () => {
    const { phone, gate, api } = world
    const token = await world.signIn()
    await openSettings()
    gate.become('down')
    await phone.tap('.logout')

    await phone.sees('.guest-title', '登录后查看个人中心')
    await world.told(/^本机已退出/)
    expect(await phone.stored('token')).toBe('')
    expect(await api.profile(token)).toMatchObject({ errno: 0 })
  })

  it('ends every session when the user confirms to sign out everywhere', async () => {
    const { phone, api, person } = world
    const token = await world.signIn()
    const elsewhere = await api.signInElsewhere(person)
    await openDevices()
    await phone.tap('.logout-all')
    await phone.answerModal(false)
    expect(await api.profile(elsewhere)).toMatchObject({ errno: 0 })
    await phone.tap('.logout-all')
    await phone.answerModal(true)

    await phone.sees('.guest-title', '登录后查看个人中心')
    await world.told(/^已退出 2 处登录$/)
    expect(await api.profile(token)).toMatchObject(ENDED)
    expect(await api.profile(elsewhere)).toMatchObject(ENDED)
  })

  it('changes nothing when signing out everywhere fails', async () => {
    const { phone, gate, api } = world
    const token = await world.signIn()
    await openDevices()
    gate.become('down')
    await phone.tap('.logout-all')
    await phone.answerModal(true)

    await world.told('网络连接失败')
    expect(await api.profile(token)).toMatchObject({ errno: 0 })
    await phone.sees('.device', '本机')
    gate.become('open')
    await phone.tap('.logout-all')
    await phone.answerModal(true)
    await phone.sees('.guest-title', '登录后查看个人中心')
    expect(await api.profile(token)).toMatchObject(ENDED)
  })

  it('ends the session of the device that is chosen from the list', async () => {
    const { phone, api, person } = world
    const token = await world.signIn()
    const elsewhere = await api.signInElsewhere(person)
    await openDevices()
    await phone.sees('.device-name', 'Tablet')
    await phone.tap('.end')
    await phone.answerModal(true)

    await phone.sees('.card', '没有在其他设备上登录')
    expect(await api.profile(elsewhere)).toMatchObject(ENDED)
    expect(await api.profile(token)).toMatchObject({ errno: 0 })
  })

  it('on another device reaches this one, which stays signed out until a tap signs in', async () => {
    const { phone, gate, api, person } = world
    const token = await world.signIn('晓雯')
    const elsewhere = await api.signInElsewhere(person)
    await openCentre()
    expect((await api.logoutAll(elsewhere)).data.ended).toBe(2)
    expect(await api.profile(token)).toMatchObject(ENDED)
    gate.reset()
    await phone.open(CENTRE)
    await phone.sees(FAILURE, '此设备已在别处被退出')
    await phone.sees('.guest-title', '登录后查看个人中心')
    await world.restart()
    await phone.sees('.guest-title', '你还没有登录')
    expect(gate.to(LOGIN_PATH)).toEqual([])

    const fresh = await world.signIn()
    expect((await api.sessions(fresh)).data.sessions).toHaveLength(1)
  })
})
