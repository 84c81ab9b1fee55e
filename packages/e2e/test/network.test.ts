import { describe, expect, it } from 'vitest'
import {
  CENTRE,
  FAILURE,
  HOME,
  LOGIN_BUTTON,
  PHONE_LOGIN_BUTTON,
  PROFILE_PATH,
  RETRY,
} from './support/pages.ts'
import { useWorld } from './support/world.ts'

describe('a network that fails', () => {
  const world = useWorld()
  const isSignedIn = async () => {
    const { phone, api, person } = world
    await phone.isOn(HOME)
    await phone.seesNo('.guest')
    const elsewhere = await api.signInElsewhere(person)
    return (await api.sessions(elsewhere)).data.sessions.length === 2
  }

  it.each([
    ['down', '网络连接失败'],
    ['portal', '当前网络可能需要先认证登录'],
  ] as const)(
    'shows the failure of a sign-in that met %s, and signs in on retry',
    async (state, text) => {
      const { phone, gate } = world
      await world.openLogin()
      gate.become(state)
      await phone.tap(LOGIN_BUTTON)
      await phone.sees(FAILURE, text)
      await phone.sees(LOGIN_BUTTON, /^重试$/)
      await phone.sees(PHONE_LOGIN_BUTTON, '手机号快捷登录')
      expect(await phone.stored('token')).toBe('')

      gate.become('open')
      await phone.tap(LOGIN_BUTTON)
      expect(await isSignedIn()).toBe(true)
    },
  )

  it('shows the stored profile while the server is down, and the rest when it is back', async () => {
    const { phone, gate } = world
    await world.signIn('晓雯')
    gate.become('down')
    await phone.open(CENTRE)
    await phone.sees(FAILURE, '网络连接失败')
    await phone.sees('.name', '晓雯')
    await phone.seesNo('.device-count')

    gate.become('open')
    await phone.tap(RETRY)
    await phone.sees('.device-count', '台')
    await phone.seesNo(['failure-card', '.box'])
  })

  it('shows a skeleton on a slow network, and sends each request once', async () => {
    const { phone, gate } = world
    await world.signIn()
    gate.hold()
    await phone.open(CENTRE)
    await phone.find('.skeleton')
    gate.release()

    await phone.sees('.device-count', '台')
    await phone.seesNo('.skeleton')
    expect(gate.to(PROFILE_PATH)).toHaveLength(1)
  })

  it('shows a time-out, and signs in on retry', async () => {
    const { phone, gate } = world
    await world.openLogin()
    await world.shortenTimeouts()
    gate.hold()
    await phone.tap(LOGIN_BUTTON)
    await phone.sees(FAILURE, '网络超时')

    await world.restoreTimeouts()
    gate.release()
    await phone.tap(LOGIN_BUTTON)
    expect(await isSignedIn()).toBe(true)
  })
})
