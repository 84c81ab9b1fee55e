import { createControl } from '../control/client.ts'
import type { ValueSource } from './run-conformance.ts'

interface App {
  appid: string
  secret: string
}

/** Values for a real platform: codes are taken one by one from what somebody has collected. */
export const createGivenValues = (
  baseUrl: string,
  app: App,
  given: { codes: string[]; phoneCodes: string[] },
): ValueSource => {
  const codes = [...given.codes]
  const phoneCodes = [...given.phoneCodes]
  const take = takeWith(baseUrl, app)

  return (name) => {
    if (name === 'code') return Promise.resolve(codes.shift())
    if (name === 'phone_code') return Promise.resolve(phoneCodes.shift())
    return take(name)
  }
}

/** Values for a simulator: its control API signs a person in as often as needed. */
export const createSimulatedValues = (baseUrl: string, app: App): ValueSource => {
  const control = createControl(baseUrl)
  const person = { appid: app.appid, person: 'conformance' }
  const take = takeWith(baseUrl, app)

  return async (name) => {
    if (name !== 'code' && name !== 'phone_code') return take(name)
    await control.createPerson({ name: person.person })
    const { code } = await control.login(person)
    return name === 'code' ? code : (await control.phoneCode(person)).code
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
