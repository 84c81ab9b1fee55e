import { describe, expect, it } from 'vitest'
import { CENTRE, EDIT_PATH, FAILURE, PROFILE } from './support/pages.ts'
import { useWorld } from './support/world.ts'

describe('editing the profile', () => {
  const world = useWorld()

  const openEdit = async () => {
    await world.phone.open(CENTRE)
    await world.phone.tap('.person')
    await world.phone.isOn(PROFILE)
    await world.phone.find('.nickname')
  }

  it('changes name, gender and birthday, and the centre shows it at once', async () => {
    const { phone, api } = world
    const token = await world.signIn('旧名')
    await openEdit()
    await phone.type('.nickname', '新名')
    await (await phone.find('.gender')).trigger('change', { value: '2' })
    await (await phone.find('.birthday')).trigger('change', { value: '1990-01-31' })
    await phone.sees('.value', '1990-01-31')
    await phone.tap('.save')

    await phone.isOn(CENTRE)
    await phone.sees('.name', '新名')
    await world.told('已保存')
    expect(await api.ownProfile(token)).toMatchObject({
      data: { nickName: '新名', gender: 2, birthday: '1990-01-31' },
    })
  })

  it('does not overwrite what another device saved meanwhile', async () => {
    const { phone, api, person } = world
    await world.signIn('原名')
    await openEdit()
    const elsewhere = await api.signInElsewhere(person)
    expect(await api.editProfile(elsewhere, { nickName: '别处改的' })).toMatchObject({ errno: 0 })
    await phone.type('.nickname', '这里改的')
    await phone.tap('.save')

    await phone.sees(FAILURE, '资料已在其他设备上修改')
    expect(await (await phone.page()).data('nickName')).toBe('别处改的')
    await phone.tap('.save')
    await phone.isOn(CENTRE)
    await phone.sees('.name', '别处改的')
  })

  it('refuses an empty name without a request', async () => {
    const { phone, gate } = world
    await world.signIn('有名字')
    await openEdit()
    await phone.type('.nickname', '   ')
    gate.reset()
    await phone.tap('.save')

    await world.told('昵称不能为空')
    expect(gate.to(EDIT_PATH)).toEqual([])
  })

  it('says that a name is refused by WeChat, and keeps what was typed', async () => {
    const { phone, wechat } = world
    await world.signIn('好名')
    await openEdit()
    await phone.type('.nickname', `坏名-${world.person}`)
    // WeChat's check of the field clears what it knows; this one it learns of afterwards.
    await wechat.addVerdict({ contains: `坏名-${world.person}`, suggest: 'risky', label: 20001 })
    await phone.tap('.save')

    await phone.sees(FAILURE, '内容未通过微信的内容安全检查')
    await phone.isOn(PROFILE)
  })

  it('says when the server is out of reach, and saves once it is back', async () => {
    const { phone, gate } = world
    await world.signIn('断网的人')
    await openEdit()
    await phone.type('.nickname', '改好了')
    gate.become('down')
    await phone.tap('.save')
    await phone.sees(FAILURE, '网络连接失败')
    gate.reset()
    await phone.tap('.save')

    await phone.isOn(CENTRE)
    await phone.sees('.name', '改好了')
  })
})
