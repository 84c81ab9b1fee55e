import { describe, it } from 'vitest'
import { CENTRE, HOME, LICENCES, SETTINGS } from './support/pages.ts'
import { useWorld } from './support/world.ts'

describe('the settings', () => {
  const world = useWorld()
  const choose = async (index: number) =>
    (await world.phone.find('.language')).trigger('change', { value: String(index) })

  it('show another language at once, on every page and after a restart', async () => {
    const { phone } = world
    await world.signIn('Charlotte')
    await phone.open(CENTRE)
    await phone.sees('.settings', '设置')
    await phone.tap('.settings')
    await phone.isOn(SETTINGS)
    await phone.sees('.language', '跟随系统')
    await choose(2)
    await phone.sees('.logout', 'Sign out')
    await phone.sees('.language', 'English')
    await phone.program().callWxMethod('navigateBack')
    await phone.isOn(CENTRE)
    await phone.sees('.settings', 'Settings')
    await phone.sees('.devices', 'Signed-in devices')
    await world.restart()
    await phone.isOn(HOME)
    await phone.sees('.greeting', /^Good .*, Charlotte$/)

    await phone.open(SETTINGS)
    await choose(0)
    await phone.sees('.logout', '退出登录')
  })

  it('name the licences of the software', async () => {
    const { phone } = world
    await phone.open(SETTINGS)
    await phone.tap('.to-licences')
    await phone.isOn(LICENCES)
    await phone.sees('.software', 'Copyright')
    await phone.sees('.licence', 'WITHOUT WARRANTY OF ANY KIND')
  })
})
