import { describe, expect, it } from 'vitest'
import { MASKED } from './support/numbers.ts'
import { BIND_PATH, CENTRE, LOGIN_PATH, PHONE_BUTTON } from './support/pages.ts'
import { APP_ID } from './support/project.ts'
import { useWorld } from './support/world.ts'

const SIX_MINUTES = 6 * 60_000

describe('binding a phone number at its limits', () => {
  const world = useWorld({ own: true })
  const mobileOf = async (token: unknown) => (await world.api.profile(String(token))).data.mobile
  const setQuota = (phoneQuota: number) => world.wechat.changeApp({ appid: APP_ID, phoneQuota })

  it('leads to the administrator when the quota is spent, without a dead button', async () => {
    const { phone, gate } = world
    const token = await world.signIn()
    await setQuota(0)
    await world.openPhonePage()
    await world.tapPhone('nothing')
    await phone.sees('.blocked', '暂时无法通过微信取得手机号')
    await phone.sees('.contact', '联系管理员')
    await phone.seesNo(PHONE_BUTTON)
    expect(gate.to(BIND_PATH)).toEqual([])
    await phone.tap('.later')
    await phone.isOn(CENTRE)

    await setQuota(1000)
    await world.openPhonePage()
    await world.tapPhone('allow')
    await phone.isOn(CENTRE)
    expect(await mobileOf(token)).toBe(MASKED)
  })

  it('asks for missing consent by the same tap, and not again', async () => {
    const { phone } = world
    await world.restart()
    await world.signIn()
    await world.openPhonePage()
    if (phone.canClose) {
      await phone.sees(PHONE_BUTTON, '同意并绑定')
      await phone.sees('.agreement', '隐私保护指引')
    }
    await world.tapPhone('refuse')
    await phone.sees(PHONE_BUTTON, '用微信手机号绑定')
    await phone.seesNo('.agreement')
    await world.tapPhone('allow')
    await phone.isOn(CENTRE)
    await phone.sees('.mobile', MASKED)
  })

  it('renews an old sign-in silently, and sends the same code again', async () => {
    const { phone, gate } = world
    const old = await world.signIn()
    await world.letTimePass(SIX_MINUTES)
    await world.openPhonePage()
    gate.reset()
    const before = await world.signIns()
    await world.tapPhone('allow')

    await phone.isOn(CENTRE)
    await phone.sees('.mobile', MASKED)
    const tries = gate.to(BIND_PATH)
    expect(tries.map(({ status }) => status)).toEqual([401, 200])
    expect(tries[0]?.token).toBe(old)
    expect(gate.to(LOGIN_PATH)).toHaveLength(1)
    expect((await world.signIns()) - before).toBe(1)
    expect(await mobileOf(await phone.stored('token'))).toBe(MASKED)
  })

  it('sends encrypted data where WeChat gives no code, after a sign-in before the tap', async () => {
    const { phone, gate } = world
    await world.restart({ systemInfo: { SDKVersion: '2.21.1' } })
    await world.signIn()
    gate.reset()
    await world.openPhonePage()
    if (phone.canClose) expect(gate.to(LOGIN_PATH)).toHaveLength(1)
    await world.tapPhone('allow')

    await phone.isOn(CENTRE)
    await phone.sees('.mobile', MASKED)
    expect(gate.to(BIND_PATH)).toMatchObject([{ status: 200 }])
    expect(await mobileOf(await phone.stored('token'))).toBe(MASKED)
    await world.restart()
  })
})
