import { describe, expect, it } from 'vitest'
import { CENTRE, FAILURE, HOME, LOGIN, LOGIN_BUTTON, LOGIN_PATH } from './support/pages.ts'
import { useWorld } from './support/world.ts'

describe('not signing in', () => {
  const world = useWorld()

  it('sends no request while the user only looks around', async () => {
    const { phone, gate } = world
    await phone.tap('.go-login')
    await phone.isOn(LOGIN)
    await phone.tap('.later')
    await phone.isOn(HOME)
    await phone.sees('.greeting', '欢迎使用会议OA')
    await phone.open(CENTRE)
    await phone.sees('.guest-title', '登录后查看个人中心')
    await world.restart()
    await phone.sees('.guest-title', '你还没有登录')

    expect(gate.passages).toEqual([])
    expect(await world.signIns()).toBe(0)
  })

  it('shows that WeChat refused, and signs in once WeChat agrees', async () => {
    const { phone, gate, api, person } = world
    await world.refuseLogin()
    await phone.tap('.go-login')
    await phone.isOn(LOGIN)
    await world.agree()
    await phone.tap(LOGIN_BUTTON)
    await phone.sees(FAILURE, '微信登录失败')
    await phone.sees(LOGIN_BUTTON, /^重试$/)
    expect(gate.passages).toEqual([])

    await world.allowLogin()
    await phone.tap(LOGIN_BUTTON)
    await phone.isOn(HOME)
    await phone.seesNo('.guest')
    const elsewhere = await api.signInElsewhere(person)
    expect((await api.sessions(elsewhere)).data.sessions).toHaveLength(2)
  })

  it('does not navigate when the user left the page during the sign-in', async () => {
    const { phone, gate } = world
    await phone.tap('.go-login')
    await phone.isOn(LOGIN)
    await world.agree()
    gate.hold()
    await phone.tap('.submit')
    await phone.sees('.submit', '正在登录')
    await phone.tap('.later')
    await phone.isOn(HOME)
    gate.release()

    await phone.seesNo('.guest')
    expect(await phone.stack()).toEqual([HOME])
    expect(gate.to(LOGIN_PATH)).toMatchObject([{ status: 200 }])
  })
})
