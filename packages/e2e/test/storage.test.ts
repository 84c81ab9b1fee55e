import { describe, expect, it } from 'vitest'
import { CENTRE, HOME } from './support/pages.ts'
import { useWorld } from './support/world.ts'

describe('a phone whose storage is full', () => {
  const world = useWorld()

  it('stays signed in until the mini-program is closed, and stores no partial session', async () => {
    const { phone, api, person } = world
    await phone.program().evaluate(fillStorage)
    await expect(
      phone.program().callWxMethod('setStorageSync', 'more', 'x'.repeat(4096)),
    ).rejects.toThrow(/exceed/)
    await phone.tap('.go-login')
    await world.agree()
    await phone.type('.nickname', '晓雯')
    await phone.tap('.submit')
    await phone.isOn(HOME)
    await phone.sees('.greeting', '晓雯')
    await phone.open(CENTRE)
    await phone.sees('.device-count', '台')
    const elsewhere = await api.signInElsewhere(person)
    expect((await api.sessions(elsewhere)).data.sessions).toHaveLength(2)

    await world.restart()
    if (phone.canClose) {
      await phone.sees('.guest-title', '你还没有登录')
      await world.signIn()
    }
    await phone.sees('.greeting', '晓雯')
    await phone.open(CENTRE)
    await phone.tap('.settings')
    await phone.tap('.logout')
    await phone.sees('.guest-title', '登录后查看个人中心')
  })
})

declare const wx: { setStorageSync(key: string, value: string): void }

/** Stores smaller and smaller pieces until the storage takes no more. */
const fillStorage = () => {
  let size = 1_000_000
  for (let piece = 0; size >= 1; piece += 1) {
    try {
      wx.setStorageSync(`filler-${piece}`, 'x'.repeat(size))
    } catch {
      size = Math.floor(size / 2)
    }
  }
}
