import { describe, expect, it } from 'vitest'
import { runApiCommand } from './support/api-process.ts'
import { CENTRE, FAILURE, HOME, LOGIN, RETRY } from './support/pages.ts'
import { APP_ID } from './support/stack.ts'
import { useWorld } from './support/world.ts'

const REASON = '账号存在异常操作，已被冻结'

describe('a frozen account', () => {
  const world = useWorld()
  const change = async (...words: string[]) => {
    const people = await world.wechat.people()
    const openid = people.find(({ name }) => name === world.person)?.apps[APP_ID]?.openid
    await runApiCommand(['user', ...words, '--openid', String(openid)], world.stack.apiEnv)
  }

  it('is signed out with the reason, cannot sign in, and can again when it is freed', async () => {
    const { phone, api } = world
    const token = await world.signIn()
    await change('freeze', '--reason', REASON)
    expect(await api.profile(token)).toMatchObject({ status: 403, errno: 704, errmsg: REASON })
    await phone.open(CENTRE)
    await phone.sees(FAILURE, REASON)
    await phone.seesNo(RETRY)
    await phone.sees('.guest-title', '登录后查看个人中心')
    expect(await phone.stored('token')).toBe('')

    await phone.open(LOGIN)
    await phone.tap('.submit')
    await phone.sees(FAILURE, REASON)
    expect(await phone.stored('token')).toBe('')

    await change('unfreeze')
    await phone.tap(RETRY)
    await phone.isOn(HOME)
    const fresh = String(await phone.stored('token'))
    expect(await api.profile(fresh)).toMatchObject({ errno: 0 })
    expect(await api.profile(token)).toMatchObject({ errno: 501 })
  })
})
