import { createHash } from 'node:crypto'

/** Somebody who uses WeChat. */
export interface Person {
  readonly name: string
  /** WeChat answers a high-risk person's codes with 40226. */
  highRisk: boolean
  /** openids that were given rather than derived, by appid. */
  readonly openids: Map<string, string>
}

export interface PersonInput {
  name: string
  /** With `openid`: who this person is to that app. */
  appid?: string
  openid?: string
  highRisk?: boolean
}

export interface People {
  /** Creates a person, or changes what is given of one who is there. */
  put: (input: PersonInput) => Person
  get: (name: string) => Person | undefined
  list: () => Person[]
  findByOpenid: (appid: string, openid: string) => Person | undefined
}

export const createPeople = (): People => {
  const byName = new Map<string, Person>()

  const put = ({ name, appid, openid, highRisk }: PersonInput) => {
    const person = byName.get(name) ?? { name, highRisk: false, openids: new Map() }
    if (appid !== undefined && openid !== undefined) person.openids.set(appid, openid)
    if (highRisk !== undefined) person.highRisk = highRisk
    byName.set(name, person)

    return person
  }

  return {
    put,
    get: (name) => byName.get(name),
    list: () => [...byName.values()],
    findByOpenid: (appid, openid) =>
      [...byName.values()].find((person) => openidOf(person, appid) === openid),
  }
}

/** Who the person is to an app: 28 characters that begin with "o", the same in every run. */
export const openidOf = (person: Person, appid: string) =>
  person.openids.get(appid) ?? toIdentifier('openid', appid, person.name)

/** Who the person is to all apps of an Open Platform account. */
export const unionidOf = (person: Person, openPlatform: string) =>
  toIdentifier('unionid', openPlatform, person.name)

const toIdentifier = (...parts: string[]) =>
  `o${createHash('sha256').update(parts.join('\n')).digest('base64url').slice(0, 27)}`
