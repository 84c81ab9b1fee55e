import { describe, expect, it } from 'vitest'
import {
  CENTRE,
  FAILURE,
  HOME,
  LOGIN_BUTTON,
  LOGIN_PATH,
  PHONE_LOGIN_BUTTON,
} from './support/pages.ts'
import { useWorld } from './support/world.ts'

describe('while WeChat is down', () => {
  const world = useWorld({ own: true })
  const breakWeChat = () =>
    world.wechat.addFault({ path: '/sns/jscode2session', times: 0, reset: true })

  it('shows a failure with a retry, and signs in when WeChat is back', async () => {
    const { phone, gate, api } = world
    await breakWeChat()
    await world.openLogin()
    await phone.tap(LOGIN_BUTTON)
    await phone.sees(FAILURE, '微信服务暂时不可用')
    expect(gate.to(LOGIN_PATH)).toMatchObject([{ status: 503 }])

    await phone.sees(LOGIN_BUTTON, /^请在 \d 秒后重试$/)
    const byPhone = await phone.find(PHONE_LOGIN_BUTTON)
    expect(await byPhone.attribute('open-type')).toBe('')
    await world.wechat.clearFaults()
    await phone.sees(LOGIN_BUTTON, /^重试$/)
    await phone.tap(LOGIN_BUTTON)
    await phone.isOn(HOME)
    const token = String(await phone.stored('token'))
    expect(await api.profile(token)).toMatchObject({ errno: 0 })
  })

  it('keeps signed-in users signed in', async () => {
    const { phone, api } = world
    const token = await world.signIn('晓雯')
    await breakWeChat()
    await world.restart()
    await phone.sees('.greeting', '晓雯')
    await phone.open(CENTRE)
    await phone.sees('.device-count', '台')
    expect(await phone.stored('token')).toBe(token)
    expect(await api.profile(token)).toMatchObject({ errno: 0 })
    await world.wechat.clearFaults()
  })
})
