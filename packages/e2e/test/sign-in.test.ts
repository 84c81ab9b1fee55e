import { describe, expect, it } from 'vitest'
import { useWorld } from './support/world.ts'

const LOGIN = 'pages/auth/login/login'
const HOME = 'pages/index/index'
const CENTRE = 'pages/ucenter/index/index'

describe('signing in', () => {
  const world = useWorld()

  it('signs a new person in under the name that was typed, emoji and all', async () => {
    const { phone, api, person } = world
    await phone.tap('.go-login')
    await phone.isOn(LOGIN)
    await phone.type('.nickname', '小明👨‍👩‍👧😀')
    await phone.tap('.submit')

    await phone.isOn(HOME)
    await phone.sees('.greeting', '小明👨‍👩‍👧😀')
    await phone.open(CENTRE)
    await phone.sees('.name', '小明👨‍👩‍👧😀')
    await phone.sees('.device-name', 'iPhone X')
    const token = await api.signInElsewhere(person)
    expect((await api.profile(token)).data.userInfo.nickName).toBe('小明👨‍👩‍👧😀')
  })
})
