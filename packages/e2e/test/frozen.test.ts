import { describe, expect, it } from 'vitest'
import { freeze } from './support/freeze.ts'
import { CENTRE, FAILURE, LOGIN_PATH, PHONE_LOGIN_BUTTON, RETRY } from './support/pages.ts'
import { useWorld } from './support/world.ts'

const REASON = '账号存在异常操作，已被冻结'

describe('a frozen account', () => {
  const world = useWorld()

  it('is signed out with the reason, and cannot sign in', async () => {
    const { phone, gate, api } = world
    const token = await world.signIn()
    await freeze(world, '--reason', REASON)
    expect(await api.profile(token)).toMatchObject({ status: 403, errno: 704, errmsg: REASON })
    await phone.open(CENTRE)
    await phone.sees(FAILURE, REASON)
    await phone.seesNo(RETRY)
    await phone.sees(['failure-card', '.title'], '账号已停用')
    await phone.sees(['failure-card', '.contact'], '联系管理员')
    await phone.seesNo('.go-login')
    expect(await phone.stored('token')).toBe('')

    await world.openLogin()
    await phone.tap('.submit')
    await phone.sees(FAILURE, REASON)
    await phone.sees('.submit', '微信一键登录')
    await phone.seesNo(PHONE_LOGIN_BUTTON)
    expect(gate.to(LOGIN_PATH).at(-1)).toMatchObject({ status: 403 })
    expect(await phone.stored('token')).toBe('')
  })

  it('reads a stated reason in the language of its phone', async () => {
    const { phone, api } = world
    await world.restart({ systemInfo: { language: 'en' } })
    const token = await world.signIn()
    await freeze(world, '--code', 'departed')
    expect(await api.profile(token)).toMatchObject({
      errno: 704,
      errmsg: '你已不在该组织，账号已停用',
    })
    await phone.open(CENTRE)
    await phone.sees(FAILURE, 'Your account was disabled because you are no longer in the company')
  })
})
