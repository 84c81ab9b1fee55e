import { describe, expect, it } from 'vitest'
import { CENTRE, HOME, LOGIN, LOGIN_PATH } from './support/pages.ts'
import { useWorld } from './support/world.ts'

describe('signing in', () => {
  const world = useWorld()

  it('signs a new user in with the typed name, emoji included', async () => {
    const { phone, api, person } = world
    const name = '小明👨‍👩‍👧😀'
    await phone.tap('.go-login')
    await phone.isOn(LOGIN)
    await world.agree()
    await phone.type('.nickname', name)
    await phone.tap('.submit')

    await phone.isOn(HOME)
    await phone.sees('.greeting', name)
    await world.told('登录成功')
    await phone.open(CENTRE)
    await phone.sees('.name', name)
    await phone.sees('.device-count', '1 台')
    const elsewhere = await api.signInElsewhere(person)
    expect((await api.profile(elsewhere)).data).toMatchObject({
      userInfo: { nickName: name },
      deviceCount: 2,
    })
  })

  it('gives a default name to a user who types none, and keeps it', async () => {
    const { phone, api, person } = world
    await world.signIn()
    const elsewhere = await api.signInElsewhere(person)
    const { nickName } = (await api.profile(elsewhere)).data.userInfo

    expect(nickName).toMatch(/^普通用户\d{5}$/)
    await phone.sees('.greeting', nickName)
    await world.signIn('另一个名字')
    await phone.sees('.greeting', nickName)
  })

  it('signs in once when the button is tapped twice', async () => {
    const { phone, gate } = world
    await world.openLogin()
    gate.hold()
    await phone.tap('.submit')
    await phone.sees('.submit', '正在登录')
    await phone.tap('.submit')
    gate.release()

    await phone.isOn(HOME)
    expect(gate.to(LOGIN_PATH)).toHaveLength(1)
    expect(await world.signIns()).toBe(1)
  })

  it('goes to the home page when the sign-in page was opened first', async () => {
    const { phone, api, person } = world
    await world.openLogin()
    expect(await phone.stack()).toEqual([LOGIN])
    await phone.tap('.submit')

    await phone.isOn(HOME)
    expect(await phone.stack()).toEqual([HOME])
    const elsewhere = await api.signInElsewhere(person)
    expect((await api.sessions(elsewhere)).data.sessions).toHaveLength(2)
  })
})
