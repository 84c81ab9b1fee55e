import type { PhoneNumberResult } from '../host-services.ts'
import type { WeChatPlatform } from './platform.ts'

export interface SimulatorOptions {
  /** Base URL of a WeChat simulator that has a control API below `/_control`. */
  url: string
  appid: string
  /** Name of the person who holds the phone. */
  person: string
}

/** A platform whose person can be changed while an app runs. */
export type SimulatorPlatform = Required<Omit<WeChatPlatform, 'avatar' | 'checkNickname'>>

interface PhoneDetail extends Partial<PhoneNumberResult> {
  errMsg: string
}

/** WeChat's services as a simulator plays them, so that codes and keys are the simulator's. */
export const createSimulatorPlatform = ({
  url,
  appid,
  person: first,
}: SimulatorOptions): SimulatorPlatform => {
  let person = first
  const call = async <Answer>(path: string, body?: object): Promise<Answer> => {
    const response = await fetch(`${url}/_control${path}`, {
      method: body ? 'POST' : 'GET',
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    })
    const answer = (await response.json()) as Answer & { message?: string }
    if (!response.ok) throw new Error(answer.message ?? `simulator answered ${response.status}`)
    return answer
  }
  const asPerson = <Answer>(path: string): Promise<Answer> => call(path, { appid, person })
  return {
    person: () => person,
    usePerson(name) {
      person = name
    },
    people: async () => (await call<{ name: string }[]>('/people')).map(({ name }) => name),
    login: () => asPerson('/login'),
    checkSession: async () => (await asPerson<{ ok: boolean }>('/check-session')).ok,
    async phoneNumber() {
      const { errMsg, code, ...rest } = await asPerson<PhoneDetail>('/phone-code')
      if (code === undefined) throw new Error(errMsg.replace('getPhoneNumber:fail ', ''))
      return { ...rest, code }
    },
    nickname: async () => person,
  }
}
