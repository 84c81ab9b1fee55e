import { beforeEach, describe, expect, it } from 'vitest'
import { MASKED, newNumber } from './support/numbers.ts'
import {
  CENTRE,
  FAILURE,
  HOME,
  LOGIN_BUTTON,
  LOGIN_PATH,
  PHONE_LOGIN_BUTTON,
  PHONE_LOGIN_PATH,
  RETRY_PHONE,
} from './support/pages.ts'
import { APP_ID } from './support/project.ts'
import { useWorld } from './support/world.ts'

const NUMBER_PATH = '/wxa/business/getuserphonenumber'

describe('signing in by phone number', () => {
  const world = useWorld({ own: true })
  beforeEach(async () => {
    await world.wechat.clearFaults()
    await world.wechat.changeApp({ appid: APP_ID, phoneQuota: 1000 })
    await world.openLogin()
  })

  const tap = (answer: 'allow' | 'refuse' | 'nothing') => world.tapPhone(answer, PHONE_LOGIN_BUTTON)
  const mobileHere = async () => {
    const token = String(await world.phone.stored('token'))
    return (await world.api.profile(token)).data.mobile
  }
  const expectSignedOut = async () => expect(await world.phone.stored('token')).toBe('')
  const paidCalls = async () => (await world.wechat.calls({ path: NUMBER_PATH })).length
  /** The way on that every refusal names. */
  const signInWithoutNumber = async () => {
    await world.phone.tap(LOGIN_BUTTON)
    await world.phone.isOn(HOME)
    expect(await mobileHere()).toBeNull()
  }

  it('takes one tap: signed in, and the number bound', async () => {
    const { phone, gate, api, person } = world
    await tap('allow')

    await phone.isOn(HOME)
    await world.told('登录成功')
    expect(await mobileHere()).toBe(MASKED)
    expect(gate.to(PHONE_LOGIN_PATH)).toMatchObject([{ status: 200 }])
    expect(gate.to(LOGIN_PATH)).toEqual([])
    await phone.open(CENTRE)
    await phone.sees('.mobile', MASKED)
    const elsewhere = await api.signInElsewhere(person)
    expect((await api.profile(elsewhere)).data).toMatchObject({ mobile: MASKED, deviceCount: 2 })
  })

  it('can be refused, and names the way without a number', async () => {
    const { phone, gate } = world
    await tap('refuse')

    await phone.sees('.phone-hint', '可以使用“微信一键登录”')
    expect(gate.passages).toEqual([])
    await signInWithoutNumber()
  })

  it('leaves no dead button when WeChat’s quota is spent', async () => {
    const { phone, wechat } = world
    await wechat.changeApp({ appid: APP_ID, phoneQuota: 0 })
    await tap('nothing')

    await phone.sees('.phone-hint', '请使用“微信一键登录”')
    await phone.seesNo(PHONE_LOGIN_BUTTON)
    await signInWithoutNumber()
  })

  it('says that the budget is spent, which keeps nobody from signing in', async () => {
    const { phone, api, person } = world
    for (let guess = 0; guess < 5; guess += 1) {
      expect(await api.signInByPhone(person, 'guess')).toMatchObject({ errno: 718 })
    }
    await tap('allow')

    await phone.sees(FAILURE, '今天的手机号验证次数已用完')
    await phone.sees('.phone-hint', '微信一键登录')
    await phone.seesNo(RETRY_PHONE)
    await phone.seesNo(PHONE_LOGIN_BUTTON)
    await expectSignedOut()
    await signInWithoutNumber()
  })

  it('is refused with the number of another account, whose it does not say', async () => {
    const { phone, api, wechat, person } = world
    const theirs = newNumber()
    const owner = `owner-of-${person}`
    const token = await api.signInElsewhere(owner)
    await wechat.createPerson({ name: owner, phone: theirs })
    expect(await api.bindPhone(owner, token)).toMatchObject({ errno: 0 })
    await wechat.createPerson({ name: person, phone: theirs })
    await tap('allow')

    await phone.sees(FAILURE, '此手机号已绑定其他账号')
    await phone.sees('.phone-hint', '微信一键登录')
    await phone.seesNo(RETRY_PHONE)
    const told = (await phone.texts(['failure-card', '.box'])).join()
    expect(told).not.toMatch(/owner-of|普通用户|156/)
    await expectSignedOut()
    await signInWithoutNumber()
    expect((await api.profile(token)).data.mobile).toBe(MASKED)
  })

  it('asks for another tap when the code was used', async () => {
    const { phone, wechat } = world
    await wechat.addFault({ path: NUMBER_PATH, errcode: 40029 })
    await tap('allow')
    await phone.sees(FAILURE, '请再点一次按钮')
    await phone.seesNo(RETRY_PHONE)
    await expectSignedOut()

    await tap('allow')
    await phone.isOn(HOME)
    expect(await mobileHere()).toBe(MASKED)
  })

  it('shows that WeChat is down, and signs in by the same tap when it is back', async () => {
    const { phone, wechat } = world
    await wechat.addFault({ path: NUMBER_PATH, times: 0, reset: true })
    await tap('allow')
    await phone.sees(FAILURE, '微信服务暂时不可用')
    await expectSignedOut()

    await phone.sees(RETRY_PHONE, /^请在 \d+ 秒后重试$/)
    await phone.sees(LOGIN_BUTTON, '微信一键登录')
    await phone.seesNo(PHONE_LOGIN_BUTTON)
    await wechat.clearFaults()
    await phone.sees(RETRY_PHONE, /^重试$/)
    await phone.tap(RETRY_PHONE)
    await phone.isOn(HOME)
    expect(await mobileHere()).toBe(MASKED)
  })

  it('sends the same number again when the answer was lost, and pays once', async () => {
    const { phone, gate } = world
    const paid = await paidCalls()
    gate.become('one-way')
    await tap('allow')
    await phone.sees(FAILURE, '网络连接失败')
    await expectSignedOut()

    gate.become('open')
    await phone.tap(RETRY_PHONE)
    await phone.isOn(HOME)
    expect(await mobileHere()).toBe(MASKED)
    expect(gate.to(PHONE_LOGIN_PATH).map(({ status }) => status)).toEqual([200, 200])
    expect(await paidCalls()).toBe(paid + 1)
  })

  it('signs in by encrypted data where WeChat gives no code', async () => {
    const { phone, gate } = world
    const paid = await paidCalls()
    await world.restart({ systemInfo: { SDKVersion: '2.21.1' } })
    await world.openLogin()
    await tap('allow')

    await phone.isOn(HOME)
    expect(await mobileHere()).toBe(MASKED)
    if (phone.canClose) expect(await paidCalls()).toBe(paid)
    expect(gate.to(PHONE_LOGIN_PATH)).toMatchObject([{ status: 200 }])
    await world.restart()
  })

  it('sends one request when the button is tapped twice', async () => {
    const { phone, gate } = world
    gate.hold()
    await tap('allow')
    await phone.sees(LOGIN_BUTTON, '正在登录')
    await phone.tap(PHONE_LOGIN_BUTTON)
    await phone.tap(LOGIN_BUTTON)
    gate.release()

    await phone.isOn(HOME)
    expect(gate.to(PHONE_LOGIN_PATH)).toHaveLength(1)
    expect(gate.to(LOGIN_PATH)).toEqual([])
  })
})
