import { createControl } from '@oa/wechat-simulator/control'

/** Supplies a value that a case needs; undefined when there is none left. */
export type ValueSource = (name: string) => Promise<string | undefined>

/** The person who uses the app of a simulator. */
export const PERSON = 'conformance'
const STRANGER = 'conformance-stranger'

interface App {
  appid: string
  secret: string
}

/** Values for the real platform: each code that was collected before the run is used once. */
export const createGivenValues = (
  baseUrl: string,
  app: App,
  given: { codes: string[]; phoneCodes: string[] },
): ValueSource => {
  const codes = [...given.codes]
  const phoneCodes = [...given.phoneCodes]
  const take = takeWith(baseUrl, app)

  return async (name) => {
    if (name === 'code' || name === 'other_code') return codes.shift()
    return name === 'phone_code' ? phoneCodes.shift() : take(name)
  }
}

/** Values for a simulator: its control API signs a person in as often as needed. */
export const createSimulatedValues = (baseUrl: string, app: App): ValueSource => {
  const control = createControl(baseUrl)
  const person = { appid: app.appid, person: PERSON }
  const take = takeWith(baseUrl, app)
  const openidsOf = async (name: string) => (await control.createPerson({ name })).apps
  const openidOf = async (name: string) => (await openidsOf(name))[app.appid]?.openid
  const signIn = async () => (await control.login(person)).code
  const tapPhoneButton = async (realtime: boolean) => {
    await signIn()
    return (await control.phoneCode({ ...person, realtime })).code
  }
  const sources: Readonly<Record<string, () => Promise<string | undefined>>> = {
    code: signIn,
    other_code: signIn,
    phone_code: () => tapPhoneButton(false),
    realtime_phone_code: () => tapPhoneButton(true),
    stranger_openid: () => openidOf(STRANGER),
    other_app_openid: async () => {
      const openids = Object.entries(await openidsOf(STRANGER))
      return openids.find(([appid]) => appid !== app.appid)?.[1].openid
    },
    person_openid: async () => {
      await signIn()
      return openidOf(PERSON)
    },
  }

  return async (name) => {
    await control.createPerson({ name: PERSON })
    return sources[name]?.() ?? take(name)
  }
}

const takeWith =
  (baseUrl: string, { appid, secret }: App): ValueSource =>
  async (name) => {
    if (name === 'appid') return appid
    if (name === 'secret') return secret
    if (name !== 'access_token') return undefined
    const response = await fetch(`${baseUrl}/cgi-bin/stable_token`, {
      method: 'POST',
      body: JSON.stringify({ grant_type: 'client_credential', appid, secret }),
    })
    return ((await response.json()) as { access_token?: string }).access_token
  }
