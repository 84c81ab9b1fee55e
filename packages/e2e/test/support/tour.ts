import {
  AGREE_SHEET,
  AGREEMENT,
  CENTRE,
  DEVICES,
  FAILURE,
  HOME,
  LICENCES,
  LOGIN,
  LOGIN_BUTTON,
  PHONE_LOGIN_BUTTON,
  PRIVACY_AGREE,
  PROFILE,
  REMINDERS,
  RETRY_PHONE,
  SETTINGS,
} from './pages.ts'
import { APP_ID } from './project.ts'
import { STARTING_TEMPLATE } from './templates.ts'
import { companyTour } from './tour-company.ts'
import { frozen, loginLimits, signedInLimits } from './tour-limits.ts'
import { meetingTour } from './tour-meetings.ts'
import { voteTour } from './tour-votes.ts'
import type { World } from './world.ts'

/**
 * Shows every page in its states, as users meet them, and calls `look` with a name at each stop. A
 * page of app.json at which nobody looks fails the test: add a stop for it.
 */
export const tour = async (world: World, look: (name: string) => Promise<void>): Promise<void> => {
  await asGuest(world, look)
  await loginLimits(world, look)
  await signedIn(world, look)
  await signedInLimits(world, look)
  await withPhone(world, look)
  await ownData(world, look)
  await companyTour(world, look)
  const stage = await meetingTour(world, look)
  await voteTour(world, stage, look)
  await frozen(world, look)
}

type Stops = typeof tour

const asGuest: Stops = async ({ phone, gate, ...world }, look) => {
  await phone.open(HOME)
  await phone.find('.guest-title')
  await look('1-home-guest')
  await phone.open(CENTRE)
  await phone.find('.guest-title')
  await look('2-centre-guest')
  await phone.open(LOGIN)
  await phone.find('.submit')
  await look('3-login')
  await phone.tap(LOGIN_BUTTON)
  await phone.find(AGREE_SHEET)
  await look('3-login-consent')
  await phone.open(LOGIN)
  await phone.tap('.picture-button')
  await phone.find(PRIVACY_AGREE)
  await look('3-login-privacy')
  await phone.tap(PRIVACY_AGREE)
  await phone.answerSheet(false)
  await phone.open(AGREEMENT)
  await phone.find('.part')
  await look('3-agreement')
  await world.openLogin()
  gate.become('down')
  await phone.tap(LOGIN_BUTTON)
  await phone.seesInSight(FAILURE)
  await look('4-login-failed')
  await world.tapPhone('allow', PHONE_LOGIN_BUTTON)
  await phone.find(RETRY_PHONE)
  await phone.seesInSight(FAILURE)
  await look('4-login-phone-failed')
  gate.become('open')
}

const signedIn: Stops = async (world, look) => {
  const { phone, api, gate } = world
  await world.signIn('陈晓雯 Charlotte 🐼')
  await look('5-home-signed-in')
  await api.signInElsewhere(world.person)
  gate.hold()
  await phone.open(CENTRE)
  await phone.find('.skeleton')
  await look('6-centre-loading')
  gate.release()
  await phone.sees('.device-count', '2')
  await look('6-centre-signed-in')
  await phone.open(DEVICES)
  await phone.sees('.device-name', 'Tablet')
  await phone.find('.new')
  await look('16-devices')
  await phone.open(REMINDERS)
  await phone.find('.allow')
  await look('19-reminders')
  await world.tapReminder(STARTING_TEMPLATE, '.allow', 'allow')
  await phone.find('.left')
  const itemSettings = { [STARTING_TEMPLATE]: 'reject' as const }
  await world.wechat.changeSetting({ appid: APP_ID, person: world.person, itemSettings })
  await phone.open(REMINDERS)
  await phone.find('.refused-text')
  await look('20-reminders-refused')
  await phone.open(SETTINGS)
  await phone.find('.logout')
  await look('17-settings')
  await phone.open(LICENCES)
  await phone.find('.software')
  await look('17-licences')
  await phone.open(PROFILE)
  await phone.find('.save')
  await look('18-profile')
}

const withPhone: Stops = async (world, look) => {
  const { phone } = world
  await world.openPhonePage()
  await look('8-phone')
  await world.tapPhone('refuse')
  await phone.find('.hint')
  await look('9-phone-refused')
  await world.tapPhone('allow')
  await phone.isOn(CENTRE)
  await world.openPhonePage()
  await phone.tap('.others-switch')
  await look('10-phone-change')
}

const ownData: Stops = async (world, look) => {
  const { phone, gate } = world
  await world.openDataPage()
  await look('11-data')
  await phone.tap('.view')
  await phone.find('.copy')
  await look('12-data-shown')
  await phone.program().pageScrollTo(100_000)
  await look('13-data-close')
  await phone.tap('.close')
  await phone.find('.hint-close')
  gate.become('down')
  await phone.tap('.understand')
  await phone.tap('.close')
  await look('14-data-confirm')
  await phone.answerModal(true)
  await phone.find(['.close-failure', '.title'])
  await phone.program().pageScrollTo(100_000)
  await look('15-data-close-failed')
  await phone.open(CENTRE)
  await phone.find(FAILURE)
  await look('7-centre-failed')
  gate.become('open')
}
