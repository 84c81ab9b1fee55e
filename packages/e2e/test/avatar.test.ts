import { describe, expect, it } from 'vitest'
import { AVATAR_PATH, CENTRE, FAILURE, HOME, PRIVACY_AGREE, PROFILE } from './support/pages.ts'
import { until } from './support/until.ts'
import { useWorld } from './support/world.ts'

const UPLOADED = /^\/wx\/pictures\/[0-9a-f]{32}-640\.webp$/

describe('a picture of one’s own', () => {
  // What WeChat thinks of pictures is set for all of its users.
  const world = useWorld({ own: true })

  const openEdit = async () => {
    await world.phone.open(CENTRE)
    await world.phone.tap('.person')
    await world.phone.isOn(PROFILE)
  }
  /** A new user is asked for consent before WeChat shows its own sheet. */
  let isAgreed = false
  const openSheet = async (button: string) => {
    const { phone } = world
    await phone.tap(button)
    await until('consent', async () => {
      const isAsked = (await phone.texts(PRIVACY_AGREE)).length > 0
      if (isAsked) await phone.tap(PRIVACY_AGREE)
      isAgreed ||= isAsked
      return isAgreed
    })
  }
  const choose = async (button: string) => {
    await openSheet(button)
    await world.phone.answerSheet(true)
  }
  const isChecked = (token: string) =>
    until('the verdict', async () => {
      const { data } = await world.api.ownProfile(token)
      return data.pictureState === 'checked'
    })

  it('is uploaded as soon as it is chosen, and shown in the centre', async () => {
    const { phone, api, gate } = world
    const token = await world.signIn()
    await openEdit()
    await choose('.picture')

    await world.told('头像已更新')
    expect(gate.to(AVATAR_PATH)).toMatchObject([{ status: 200, token }])
    expect((await api.ownProfile(token)).data.avatarUrl).toMatch(UPLOADED)
    await isChecked(token)
    await phone.open(CENTRE)
    const { userInfo } = (await api.profile(token)).data
    expect(await phone.stored('userInfo')).toMatchObject({ avatarUrl: userInfo.avatarUrl })
  })

  it('that WeChat refuses later goes, and the centre says so', async () => {
    const { phone, api, wechat } = world
    const token = await world.signIn()
    await wechat.addVerdict({ contains: '/wx/pictures/', suggest: 'risky', label: 20002 })
    await openEdit()
    await choose('.picture')
    await world.told('头像已更新')
    await isChecked(token)
    await wechat.addVerdict({ contains: '/wx/pictures/', suggest: 'pass', label: 100 })

    await phone.open(CENTRE)
    await phone.sees('.notice', '你的头像未通过微信审核')
    expect((await api.ownProfile(token)).data.avatarUrl).toBe('')
    await phone.tap('.notice')
    await phone.isOn(PROFILE)
    await phone.sees('.notice', '请换一张')
  })

  it('can be chosen again when the upload was cut off', async () => {
    const { phone, api, gate } = world
    const token = await world.signIn()
    await openEdit()
    await openSheet('.picture')
    gate.become('down')
    await phone.answerSheet(true)

    await phone.sees(FAILURE, '网络连接失败')
    gate.become('open')
    await choose('.picture')
    await world.told('头像已更新')
    await phone.seesNo(FAILURE)
    expect((await api.ownProfile(token)).data.avatarUrl).toMatch(UPLOADED)
  })

  it('can be chosen before the first sign-in', async () => {
    const { phone, api } = world
    await world.openLogin()
    await choose('.picture-button')
    await phone.find('.chosen')
    await phone.tap('.submit')

    await phone.isOn(HOME)
    await world.told('登录成功')
    const token = String(await phone.stored('token'))
    expect((await api.ownProfile(token)).data.avatarUrl).toMatch(UPLOADED)
  })

  it('that could not be uploaded does not undo the sign-in', async () => {
    const { phone, api, gate } = world
    await world.openLogin()
    await choose('.picture-button')
    await phone.find('.chosen')
    gate.cut(AVATAR_PATH)
    await phone.tap('.submit')

    await phone.isOn(HOME)
    await world.told('头像可稍后')
    const token = String(await phone.stored('token'))
    expect((await api.profile(token)).errno).toBe(0)
  })
})
