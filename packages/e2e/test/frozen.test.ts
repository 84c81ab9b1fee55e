import { describe, expect, it } from 'vitest'
import { runApiCommand } from './support/api-process.ts'
import { CENTRE, FAILURE, LOGIN, LOGIN_PATH, RETRY } from './support/pages.ts'
import { APP_ID } from './support/project.ts'
import { useWorld } from './support/world.ts'

const REASON = '账号存在异常操作，已被冻结'

describe('a frozen account', () => {
  const world = useWorld()
  const freeze = async () => {
    const people = await world.wechat.people()
    const openid = people.find(({ name }) => name === world.person)?.apps[APP_ID]?.openid
    const words = ['user', 'freeze', '--openid', String(openid), '--reason', REASON]
    await runApiCommand(world.stack, words)
  }

  it('is signed out with the reason, and cannot sign in', async () => {
    const { phone, gate, api } = world
    const token = await world.signIn()
    await freeze()
    expect(await api.profile(token)).toMatchObject({ status: 403, errno: 704, errmsg: REASON })
    await phone.open(CENTRE)
    await phone.sees(FAILURE, REASON)
    await phone.seesNo(RETRY)
    await phone.sees(['failure-card', '.title'], '账号已停用')
    await phone.sees(['failure-card', '.contact'], '联系管理员')
    await phone.seesNo('.go-login')
    expect(await phone.stored('token')).toBe('')

    await phone.open(LOGIN)
    await phone.tap('.submit')
    await phone.sees(FAILURE, REASON)
    await phone.sees('.submit', '微信一键登录')
    expect(gate.to(LOGIN_PATH).at(-1)).toMatchObject({ status: 403 })
    expect(await phone.stored('token')).toBe('')
  })
})
