import { createHash } from 'node:crypto'
import { WeChatError } from './wechat-error.ts'

/** The profile of a person in WeChat. */
export interface Profile {
  nickName: string
  avatarUrl: string
  gender: number
  country: string
  province: string
  city: string
  language: string
}

/** A user of WeChat. */
export interface Person {
  readonly name: string
  /** WeChat answers a high-risk person's codes with 40226. */
  highRisk: boolean
  /** What getuserriskrank answers: 0 (safe) to 4. */
  riskRank: number
  /** Without country code. */
  phone: string
  countryCode: string
  readonly profile: Profile
  /** openids that were given rather than derived, by appid. */
  readonly openids: Map<string, string>
  /** What was allowed and refused, by scope, by appid. */
  readonly authSettings: Map<string, Record<string, boolean>>
}

export interface PersonInput {
  name: string
  /** The app that `openid` belongs to. */
  appid?: string
  openid?: string
  highRisk?: boolean
  riskRank?: number
  phone?: string
  countryCode?: string
  profile?: Partial<Profile>
}

export interface People {
  /** Creates a person, or changes the given fields of an existing one. */
  put: (input: PersonInput) => Person
  get: (name: string) => Person | undefined
  list: () => Person[]
  findByOpenid: (appid: string, openid: string) => Person | undefined
}

export const createPeople = (limit: () => number): People => {
  const byName = new Map<string, Person>()
  const inOrder: Person[] = []
  const indexes = new Map<string, OpenidIndex>()

  const add = (name: string) => {
    if (inOrder.length >= limit()) throw new WeChatError(-1, 'system error: too many people')
    const person = createPerson(name)
    byName.set(name, person)
    inOrder.push(person)

    return person
  }

  const put = ({ name, appid, openid, profile, ...traits }: PersonInput) => {
    const person = byName.get(name) ?? add(name)
    if (appid !== undefined && openid !== undefined) {
      person.openids.set(appid, openid)
      indexes.delete(appid)
    }
    Object.assign(person.profile, profile)
    Object.assign(person, traits)

    return person
  }

  return {
    put,
    get: (name) => byName.get(name),
    list: () => [...inOrder],
    findByOpenid: (appid, openid) => {
      const index = indexes.get(appid) ?? { known: 0, byOpenid: new Map() }
      indexes.set(appid, index)
      for (; index.known < inOrder.length; index.known += 1) {
        const person = inOrder[index.known]
        if (person) index.byOpenid.set(openidOf(person, appid), person)
      }

      return index.byOpenid.get(openid)
    },
  }
}

/** The people of one app by openid; people created later are added at the next lookup. */
interface OpenidIndex {
  known: number
  readonly byOpenid: Map<string, Person>
}

/** The person's openid for an app: 28 characters that begin with "o", the same in every run. */
export const openidOf = (person: Person, appid: string) =>
  person.openids.get(appid) ?? toIdentifier('openid', appid, person.name)

/** The person's unionid for all apps of an Open Platform account. */
export const unionidOf = (person: Person, openPlatform: string) =>
  toIdentifier('unionid', openPlatform, person.name)

const createPerson = (name: string): Person => ({
  name,
  highRisk: false,
  riskRank: 0,
  phone: phoneOf(name),
  countryCode: '86',
  profile: {
    nickName: name,
    avatarUrl: 'https://thirdwx.qlogo.cn/mmopen/vi_32/simulated/132',
    gender: 0,
    country: '',
    province: '',
    city: '',
    language: 'zh_CN',
  },
  openids: new Map(),
  authSettings: new Map(),
})

const toIdentifier = (...parts: string[]) =>
  `o${createHash('sha256').update(parts.join('\n')).digest('base64url').slice(0, 27)}`

// 199 is a Chinese mobile prefix; the rest follows from the name, the same in every run.
const phoneOf = (name: string) => {
  const digest = createHash('sha256').update(`phone\n${name}`).digest()
  return `199${String(digest.readUInt32BE(0) % 100_000_000).padStart(8, '0')}`
}
