import type { Config } from '../config/load-config.ts'
import type { Stores } from '../core.ts'
import type { User } from '../users/user.ts'
import { UserStatus } from '../users/user.ts'
import { appOf } from './app.ts'
import type { Values } from './command.ts'
import { CommandError, EXIT, misuse, textOf } from './command.ts'
import type { Row } from './output.ts'
import { tableOf } from './output.ts'

/** How a person is named; each command about one takes these. */
export const PERSON_OPTIONS = {
  openid: { type: 'string' },
  id: { type: 'string' },
  nickname: { type: 'string' },
  'phone-tail': { type: 'string' },
  appid: { type: 'string' },
} as const

export const PERSON_USAGE = '(--openid OPENID | --id ID | --nickname TEXT | --phone-tail 1234)'
export const PERSON_HELP = `--id           the public id, as "user find" and logs show it
      --nickname     a part of it; --phone-tail: the last four digits of the bound number
      --appid        which mini-program, where several are configured and --openid is given`

const MAX_FOUND = 50
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const STATUS_NAMES = new Map<number, string>(
  Object.entries(UserStatus).map(([name, status]) => [status, name]),
)

type Finder = { users: Stores['users']; config: Config }

const NAMES = ['openid', 'id', 'nickname', 'phone-tail', 'unionid']

/** A command about a person takes exactly one name of theirs; said before anything is opened. */
export const checkNamed = (values: Values, options: Readonly<Record<string, unknown>>): void => {
  const names = NAMES.filter((name) => name in options)
  const given = names.filter((name) => textOf(values, name) !== undefined)
  if (given.length === 1) return
  const list = names.map((name) => `--${name}`).join(', ')
  throw misuse(
    given.length === 0
      ? `--openid is missing, or another one of ${list}`
      : `only one of ${list} can be used`,
  )
}

/** All that the options name, at most fifty. */
export const findPeople = async ({ users, config }: Finder, values: Values): Promise<User[]> => {
  const name = NAMES.find((one) => textOf(values, one) !== undefined)
  const text = textOf(values, name ?? '') ?? ''
  switch (name) {
    case 'unionid':
      return await users.listByUnionid(text)
    case 'openid': {
      const user = await users.findByKey({ appId: appOf(values, config).appId, openid: text })
      return user === null ? [] : [user]
    }
    case 'id': {
      if (!UUID.test(text)) throw misuse('--id must be a public id, as "user find" shows it')
      const user = await users.findByKey({ publicId: text.toLowerCase() })
      return user === null ? [] : [user]
    }
    case 'nickname':
      if (text.trim() === '') throw misuse('--nickname is empty')
      return await users.search({ nickName: text.normalize('NFC') }, MAX_FOUND)
    default:
      if (!/^\d{4}$/.test(text)) throw misuse('--phone-tail must be four digits')
      return await users.search({ phoneTail: text }, MAX_FOUND)
  }
}

/** The one that is meant; guessing among several could hit the wrong person. */
export const findPerson = async (finder: Finder, values: Values): Promise<User> => {
  const found = await findPeople(finder, values)
  const [user] = found
  if (user === undefined) throw new CommandError('There is no such person.', EXIT.notFound)
  if (found.length > 1) {
    const table = tableOf(found.map(personRow)).join('\n')
    throw misuse(`${found.length} people are called so; name one by --id:\n${table}`)
  }
  return user
}

export const statusName = (status: UserStatus): string => STATUS_NAMES.get(status) ?? `${status}`

export const personRow = (user: User): Row => ({
  appid: user.appId,
  id: user.publicId,
  openid: user.openid,
  status: statusName(user.status),
  'last sign-in': user.lastLoginTime,
  nickname: user.nickName,
})
