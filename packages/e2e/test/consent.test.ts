import { describe, expect, it } from 'vitest'
import { MASKED } from './support/numbers.ts'
import {
  AGREE_SHEET,
  AGREEMENT,
  CENTRE,
  HOME,
  LOGIN,
  LOGIN_BUTTON,
  LOGIN_PATH,
  PHONE_LOGIN_BUTTON,
  PHONE_LOGIN_PATH,
} from './support/pages.ts'
import { until } from './support/until.ts'
import { useWorld } from './support/world.ts'

const REFUSE_SHEET = ['agreement-sheet', '.refuse'] as const

describe('consent', () => {
  const world = useWorld()

  it('is asked for at a tap on signing in, and nothing is sent before it is given', async () => {
    const { phone, gate, api } = world
    await phone.open(LOGIN)
    await phone.tap(LOGIN_BUTTON)
    await phone.sees(['agreement-sheet', '.title'], '请先阅读并同意')
    await phone.tap(REFUSE_SHEET)
    await phone.seesNo(AGREE_SHEET)
    expect(gate.passages).toEqual([])
    expect(await world.signIns()).toBe(0)

    await phone.tap(LOGIN_BUTTON)
    await phone.sees(AGREE_SHEET, '同意并登录')
    await phone.tap(AGREE_SHEET)
    await phone.isOn(HOME)
    expect(gate.to(LOGIN_PATH)).toMatchObject([{ status: 200 }])
    const { data } = await api.ownData(String(await phone.stored('token')))
    expect(data.agreements.map(({ version }) => version)).toEqual([await phone.stored('agreement')])
  })

  it('comes before WeChat’s sheet for the number, which one more tap opens', async () => {
    const { phone, gate, api } = world
    await phone.open(LOGIN)
    expect(await (await phone.find(PHONE_LOGIN_BUTTON)).attribute('open-type')).toBe('')
    await world.tapPhone('nothing', PHONE_LOGIN_BUTTON)
    await phone.sees(AGREE_SHEET, '同意并登录')
    expect(gate.passages).toEqual([])

    await world.tapPhone('allow', AGREE_SHEET)
    await phone.isOn(HOME)
    expect(gate.to(PHONE_LOGIN_PATH)).toMatchObject([{ status: 200 }])
    const { data } = await api.profile(String(await phone.stored('token')))
    expect(data.mobile).toBe(MASKED)
  })

  it('is remembered: the next sign-in takes one tap, also after a restart', async () => {
    const { phone } = world
    await world.signIn()
    await phone.open(CENTRE)
    await phone.tap('.settings')
    await phone.tap('.logout')
    await phone.isOn(CENTRE)
    await world.restart()
    await phone.open(LOGIN)
    await phone.tap(LOGIN_BUTTON)

    await phone.isOn(HOME)
    await phone.seesNo('.guest')
  })

  it('is asked for anew when the agreement has another version', async () => {
    const { phone, gate } = world
    await phone.program().callWxMethod('setStorageSync', 'agreement', '2000-01-01')
    await phone.open(LOGIN)
    await phone.tap(LOGIN_BUTTON)

    await phone.find(AGREE_SHEET)
    expect(gate.passages).toEqual([])
  })

  it('can be read before, and the tick is there on the way back', async () => {
    const { phone } = world
    await world.openLogin()
    await phone.tap('.to-agreement')
    await phone.isOn(AGREEMENT)
    await phone.sees('.part-title', '个人信息')
    await phone.program().callWxMethod('navigateBack')

    await phone.isOn(LOGIN)
    const page = await phone.page()
    await until('the tick', async () => (await page.data('agreed')) === true)
  })
})
