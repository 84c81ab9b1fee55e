import type { Control } from '@oa/wechat-simulator/control'
import { AGREE, CENTRE, DATA, LOGIN, PHONE, PHONE_BUTTON } from './pages.ts'
import type { Phone, Where } from './phone.ts'
import { APP_ID } from './project.ts'
import type { Target } from './target.ts'
import { until } from './until.ts'

/** What the user does to agree, to bind a phone number and to see their data. */
export interface PhoneActions {
  /** Opens the sign-in page, and agrees there unless the phone remembers it. */
  openLogin(): Promise<void>
  /** Ticks the box of the sign-in page, unless it is ticked. */
  agree(): Promise<void>
  /** Navigates from the personal centre to the button that asks for the number. */
  openPhonePage(): Promise<void>
  /** Taps that button, or another one, and answers WeChat's sheet, or does not where `nothing` is to appear. */
  tapPhone(answer: 'allow' | 'refuse' | 'nothing', button?: Where): Promise<void>
  /** Navigates from the personal centre to the page of the user's own data. */
  openDataPage(): Promise<void>
}

/** The user of the phone, another one in each test, and the WeChat that knows them. */
interface Owner {
  readonly person: string
  readonly wechat: Control
}

export const phoneActions = (owner: Owner, target: Target, phone: Phone): PhoneActions => ({
  async openLogin() {
    await phone.open(LOGIN)
    await this.agree()
  },
  async agree() {
    await phone.find(AGREE)
    const page = await phone.page()
    if (!(await page.data('agreed'))) await phone.tap(AGREE)
    await until('consent', async () => (await page.data('agreed')) === true)
  },
  async openPhonePage() {
    await phone.open(CENTRE)
    await phone.tap('.phone')
    await phone.isOn(PHONE)
    await phone.find(PHONE_BUTTON)
  },
  async tapPhone(answer, where: Where = PHONE_BUTTON) {
    if (target.hasWeChat) {
      await phone.tap(where)
      if (answer !== 'nothing') await phone.answerSheet(answer === 'allow')
      return
    }
    // In DevTools no sheet can be answered: the event gets what the simulated WeChat gives.
    const { person, wechat } = owner
    const button = await phone.find(where)
    const deny = answer === 'refuse'
    await button.trigger('getphonenumber', await wechat.phoneCode({ appid: APP_ID, person, deny }))
  },
  async openDataPage() {
    await phone.open(CENTRE)
    await phone.tap('.settings')
    await phone.tap('.own-data')
    await phone.isOn(DATA)
    await phone.find('.close')
  },
})
