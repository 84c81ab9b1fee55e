import type {
  PhoneFailure,
  PhoneNumberResult,
  SubscribeFailure,
  SubscribeItem,
  SubscriptionSettings,
} from '../host-services.ts'
import type { WeChatPlatform } from './platform.ts'

export interface SimulatorOptions {
  /** Base URL of a WeChat simulator with a control API below `/_control`. */
  url: string
  appid: string
  /** Name of the simulator's person that acts as the user. */
  person: string
}

/** A platform whose user can be changed while an app runs. */
export type SimulatorPlatform = Required<Omit<WeChatPlatform, 'avatar'>>

/** Why a simulator cannot serve a mini-program with these options; null when it can. */
export const simulatorFault = async ({ url, appid }: SimulatorOptions): Promise<string | null> => {
  try {
    const response = await fetch(`${url}/_control/apps`)
    const apps = (await response.json()) as { appid: string }[]
    const known = apps.map((app) => app.appid)
    if (known.includes(appid)) return null
    return `the simulator at ${url} does not know the appid "${appid}"; it knows ${known.join(', ')}`
  } catch (error) {
    return `no simulator answers at ${url} (${String((error as Error).message)})`
  }
}

interface PhoneDetail extends Partial<PhoneNumberResult> {
  errMsg: string
  errno?: number
}

interface SubscribeAnswer {
  errMsg: string
  errCode?: number
}

interface PersonView {
  name: string
  phone: string
}

/** WeChat's services, provided by a simulator: codes and session keys are the simulator's. */
export const createSimulatorPlatform = ({
  url,
  appid,
  person: first,
}: SimulatorOptions): SimulatorPlatform => {
  let person = first
  const call = async <Answer>(path: string, body?: object): Promise<Answer> => {
    const response = await fetch(`${url}/_control${path}`, body ? postOf(body) : {})
    const answer = (await response.json()) as Answer & { message?: string }
    if (!response.ok) throw new Error(answer.message ?? `simulator answered ${response.status}`)
    return answer
  }
  const asPerson = <Answer>(path: string, more?: object): Promise<Answer> =>
    call(path, { appid, person, ...more })
  const people = () => call<PersonView[]>('/people')
  return {
    person: () => person,
    usePerson(name) {
      person = name
    },
    people: async () => (await people()).map(({ name }) => name),
    login: () => asPerson('/login'),
    checkSession: async () => (await asPerson<{ ok: boolean }>('/check-session')).ok,
    async phoneOffer() {
      // A refused request does not use the quota, and reports whether any is left.
      const refused = await asPerson<PhoneDetail>('/phone-code', { deny: true })
      if (refused.errno !== undefined) return failureOf(refused)
      const { phone = '' } = (await people()).find(({ name }) => name === person) ?? {}
      return { number: phone.replace(/^(.{3}).+(.{4})$/, '$1****$2') }
    },
    async phoneNumber(number) {
      if (number !== undefined) await call('/people', { name: person, phone: number })
      const detail = await asPerson<PhoneDetail>('/phone-code')
      const { errMsg, errno, code, ...rest } = detail
      if (code === undefined) return failureOf(detail)
      return { ...rest, code }
    },
    async subscribeOffer(tmplIds) {
      const offer = await asPerson<SubscribeAnswer & { shown: SubscribeItem[] }>(
        '/subscribe-offer',
        { tmplIds },
      )
      return subscribeFailureOf(offer) ?? { shown: offer.shown }
    },
    async subscribe({ templates: tmplIds, accepted, always }) {
      const answers = Object.fromEntries(
        tmplIds.map((id) => [id, accepted.includes(id) ? 'accept' : 'reject']),
      )
      const answer = await asPerson<SubscribeAnswer>('/subscribe', { tmplIds, answers, always })
      const { errMsg: _, errCode: __, ...outcomes } = answer
      return subscribeFailureOf(answer) ?? (outcomes as Record<string, string>)
    },
    subscriptions: async () =>
      (await asPerson<{ subscriptionsSetting: SubscriptionSettings }>('/setting'))
        .subscriptionsSetting,
    async changeSubscriptions({ mainSwitch, itemSettings = {} }) {
      await asPerson('/setting/change', { mainSwitch, itemSettings })
    },
    nickname: async () => person,
    checkNickname: async (nickname) =>
      (await asPerson<{ pass: boolean }>('/check-nickname', { nickname })).pass,
    async checkAvatar(bytes) {
      const image = Buffer.from(bytes).toString('base64')
      return (await asPerson<{ pass: boolean }>('/check-avatar', { image })).pass
    },
  }
}

const postOf = (body: object): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

const failureOf = ({ errMsg, errno }: PhoneDetail): PhoneFailure => {
  const failed: PhoneFailure = { failure: errMsg.replace('getPhoneNumber:fail ', '') }
  if (errno !== undefined) failed.errno = errno
  return failed
}

const subscribeFailureOf = ({ errMsg, errCode }: SubscribeAnswer): SubscribeFailure | null =>
  errCode === undefined
    ? null
    : { failure: errMsg.replace('requestSubscribeMessage:fail ', ''), errCode }
