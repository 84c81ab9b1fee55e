import { freeze } from './freeze.ts'
import {
  CENTRE,
  FAILURE,
  LOGIN_BUTTON,
  PHONE_BUTTON,
  PHONE_LOGIN_BUTTON,
  REMINDERS,
} from './pages.ts'
import type { World } from './world.ts'

type Look = (name: string) => Promise<void>

/** What a tap gives once WeChat's quota is spent; changing the quota would reach other tests. */
const QUOTA_SPENT = { errMsg: 'getPhoneNumber:fail no quota', errno: 1_400_001 }

const isSpent = async ({ phone }: World, button: string) => {
  await (await phone.find(button)).trigger('getphonenumber', QUOTA_SPENT)
  await phone.seesNo(button)
}

/** To a guest, whom a spent quota leaves one way to sign in. */
export const loginLimits = async (world: World, look: Look): Promise<void> => {
  await world.openLogin()
  await isSpent(world, PHONE_LOGIN_BUTTON)
  await world.phone.seesInSight('.phone-hint')
  await look('4-login-quota')
}

/** To who is signed in: WeChat's quota is spent, and the phone is offline. */
export const signedInLimits = async (world: World, look: Look): Promise<void> => {
  const { phone } = world
  await world.openPhonePage()
  await isSpent(world, PHONE_BUTTON)
  await phone.find('.blocked')
  await look('9-phone-quota')
  await phone.program().mockWxMethod('getNetworkType', { networkType: 'none' })
  await phone.open(REMINDERS)
  await phone.find(['offline-bar', '.bar'])
  await look('20-reminders-offline')
  await phone.program().restoreWxMethod('getNetworkType')
}

/** Last, since it ends the account: an operator freezes it. */
export const frozen = async (world: World, look: Look): Promise<void> => {
  const { phone } = world
  await freeze(world, '--code', 'security')
  await phone.open(CENTRE)
  await phone.find(FAILURE)
  await look('50-centre-frozen')
  await world.openLogin()
  await phone.tap(LOGIN_BUTTON)
  await phone.seesInSight(FAILURE)
  await look('51-login-frozen')
}
