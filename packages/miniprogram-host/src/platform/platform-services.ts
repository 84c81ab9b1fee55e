import type { HostServices, SubscribeChoice } from '../host-services.ts'
import { DEFAULT_AVATAR } from './default-avatar.ts'
import type { WeChatPlatform } from './platform.ts'

type Services = {
  [Name in keyof HostServices]: (
    params: HostServices[Name]['params'],
  ) => Promise<HostServices[Name]['result']>
}

type PlatformServices = Pick<Services, Extract<keyof Services, `platform.${string}`>>

/** The `platform.*` services, implemented by a WeChat platform. */
export const platformServices = (platform: WeChatPlatform): PlatformServices => ({
  'platform.login': async () => (await platform.login?.()) ?? { code: MOCK_CODE },
  'platform.checkSession': async () => (await platform.checkSession?.()) ?? true,
  'platform.phoneOffer': async () => (await platform.phoneOffer?.()) ?? { number: '' },
  'platform.phoneNumber': ({ number }) =>
    (platform.phoneNumber ?? missing('getPhoneNumber'))(number ?? undefined),
  'platform.subscribeOffer': async ({ templates }) =>
    (await platform.subscribeOffer?.(templates)) ?? offerAll(templates),
  'platform.subscribe': async (choice) => (await platform.subscribe?.(choice)) ?? outcomeOf(choice),
  'platform.subscriptions': async () => (await platform.subscriptions?.()) ?? { mainSwitch: true },
  'platform.changeSubscriptions': async (settings) => {
    await platform.changeSubscriptions?.(settings)
    return null
  },
  'platform.avatar': async () => {
    const bytes = await platform.avatar?.()
    return bytes ? Buffer.from(bytes).toString('base64') : DEFAULT_AVATAR
  },
  'platform.checkAvatar': async ({ image }) =>
    (await platform.checkAvatar?.(Buffer.from(image, 'base64'))) ?? true,
  'platform.nickname': async () => (await platform.nickname?.()) ?? '',
  'platform.checkNickname': async ({ nickname }) =>
    (await platform.checkNickname?.(nickname)) ?? true,
})

const MOST_TEMPLATES = 5

/** A WeChat that knows every template, and keeps no choice. */
const offerAll = (templates: string[]) => {
  if (templates.length === 0) return { failure: "TmplIds can't be empty", errCode: 10001 }
  if (templates.length > MOST_TEMPLATES) {
    return { failure: 'Templates count out of max bounds', errCode: 20003 }
  }
  return { shown: templates.map((id) => ({ id, title: id })) }
}

const outcomeOf = ({ templates, accepted }: SubscribeChoice): Record<string, string> =>
  Object.fromEntries(templates.map((id) => [id, accepted.includes(id) ? 'accept' : 'reject']))

/** What DevTools answers where nobody is signed in; no server can exchange it. */
const MOCK_CODE = 'the code is a mock one'

const missing = (what: string) => (): never => {
  throw new Error(`${what} needs a WeChat platform; startHost({ platform }) was given none`)
}
