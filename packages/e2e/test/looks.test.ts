import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { CENTRE, DEVICES, FAILURE, LOGIN, PROFILE, SETTINGS } from './support/pages.ts'
import { useWorld } from './support/world.ts'

const FOLDER = fileURLToPath(new URL('../../../artifacts/screenshots', import.meta.url))
const NORMAL = 16
/** The largest that the layout is made for: 1.75 of the normal size. */
const LARGEST = 28

const LOOKS = [
  ['light', 'normal', NORMAL],
  ['light', 'largest', LARGEST],
  ['dark', 'normal', NORMAL],
  ['dark', 'largest', LARGEST],
] as const

/** Without drawing, the themes and fonts do not differ. */
const SHOWN = process.env.MP_TARGET === 'headless-chromium' ? LOOKS : LOOKS.slice(-1)

/** On a target that draws, saves a picture of every page in artifacts/screenshots. */
describe('every page', () => {
  const world = useWorld()

  it.each(SHOWN)('shows itself in %s with the %s font', async (theme, font, fontSizeSetting) => {
    const { phone, gate } = world
    const keep = async (name: string) => {
      if (!phone.canDraw) return
      await phone.program().callWxMethod('hideToast')
      await mkdir(FOLDER, { recursive: true })
      await phone.program().screenshot({ path: `${FOLDER}/${name}-${theme}-${font}.png` })
    }
    await world.restart({ theme, fontSizeSetting })
    await phone.sees('.guest-title', '你还没有登录')
    if (phone.canClose) {
      const style = await (await phone.find('.page')).attribute('style')
      expect(style).toContain(`--scale: ${fontSizeSetting / NORMAL}`)
    }
    await keep('1-home-guest')
    await phone.open(CENTRE)
    await phone.sees('.guest-title', '登录后查看个人中心')
    await keep('2-centre-guest')
    await phone.open(LOGIN)
    await phone.find('.submit')
    await keep('3-login')
    gate.become('down')
    await phone.tap('.submit')
    await phone.sees(FAILURE, '网络连接失败')
    await keep('4-login-failed')
    gate.become('open')
    await world.signIn('陈晓雯 Charlotte 🐼')
    await keep('5-home-signed-in')
    await world.api.signInElsewhere(world.person)
    await phone.open(CENTRE)
    await phone.sees('.device-count', '2')
    await keep('6-centre-signed-in')
    await phone.open(DEVICES)
    await phone.sees('.device-name', 'Tablet')
    await keep('16-devices')
    await phone.open(SETTINGS)
    await phone.find('.logout')
    await keep('17-settings')
    await phone.open(PROFILE)
    await phone.find('.save')
    await keep('18-profile')
    await world.openPhonePage()
    await keep('8-phone')
    await world.tapPhone('refuse')
    await phone.find('.hint')
    await keep('9-phone-refused')
    await world.tapPhone('allow')
    await phone.isOn(CENTRE)
    await world.openPhonePage()
    await phone.tap('.others-switch')
    await keep('10-phone-change')
    await world.openDataPage()
    await keep('11-data')
    await phone.tap('.view')
    await phone.find('.copy')
    await keep('12-data-shown')
    await phone.program().pageScrollTo(100_000)
    await keep('13-data-close')
    await phone.tap('.close')
    await phone.find('.hint-close')
    gate.become('down')
    await phone.tap('.understand')
    await phone.tap('.close')
    await keep('14-data-confirm')
    await phone.answerModal(true)
    await phone.find(['.close-failure', '.title'])
    await phone.program().pageScrollTo(100_000)
    await keep('15-data-close-failed')
    await phone.open(CENTRE)
    await phone.sees(FAILURE, '网络连接失败')
    await keep('7-centre-failed')
    gate.become('open')
  })
})
