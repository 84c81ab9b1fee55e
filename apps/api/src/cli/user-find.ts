import { maskPhone } from '../phone/number.ts'
import type { User } from '../users/user.ts'
import type { Command, Shell, Values } from './command.ts'
import { CommandError, EXIT, textOf } from './command.ts'
import { printRows } from './output.ts'
import {
  findPeople,
  findPerson,
  PERSON_HELP,
  PERSON_OPTIONS,
  PERSON_USAGE,
  personRow,
  statusName,
} from './people.ts'
import { withStores } from './with-core.ts'

const EVENTS = 10

const find = async (values: Values, shell: Shell) => {
  await withStores(values, shell, async ({ config, stores }) => {
    const { users } = stores
    const found = await findPeople({ users, config }, values)
    if (found.length === 0) throw new CommandError('There is no such person.', EXIT.notFound)
    printRows(values, shell, (await withAccounts(users, found)).map(personRow))
    const isOne = found.length === 1 && textOf(values, 'openid') !== undefined
    if (isOne && found[0]?.unionid === null && values.json !== true) {
      shell.print('WeChat gave no unionid: other mini-programs cannot be compared.')
    }
  })
}

type Users = { listByUnionid(unionid: string): Promise<User[]> }

/** Of one person, all accounts in all mini-programs. */
const withAccounts = async (users: Users, found: User[]): Promise<User[]> => {
  const [one] = found
  return found.length === 1 && one !== undefined && one.unionid !== null
    ? await users.listByUnionid(one.unionid)
    : found
}

const show = (values: Values, shell: Shell) =>
  withStores(values, shell, async ({ config, stores }) => {
    const user = await findPerson({ users: stores.users, config }, values)
    const account = await stores.users.account(user.id)
    const live = await stores.sessions.listLive(user.id, new Date(stores.clock.now()))
    const events = await stores.loginEvents.listNewest({ userId: user.id, limit: EVENTS })
    const facts = {
      ...personRow(user),
      unionid: user.unionid,
      phone: account?.phone == null ? null : maskPhone(account.phone),
      'phone bound': account?.phoneBoundAt ?? null,
      'user since': user.addTime,
      'status code': account?.statusCode ?? null,
      'told reason': user.statusReason,
      note: account?.statusNote ?? null,
      'live sessions': live.length,
    }
    if (values.json === true) return shell.print(JSON.stringify({ ...facts, events }))
    for (const [name, value] of Object.entries(facts)) {
      if (value === null) continue
      shell.print(`${name.padEnd(14)} ${value instanceof Date ? value.toISOString() : value}`)
    }
    shell.print(`status is ${statusName(user.status)}; its last events:`)
    printRows(values, shell, events)
  })

export const userFindCommands: readonly Command[] = [
  {
    name: 'user find',
    usage: `user find ${PERSON_USAGE.slice(0, -1)} | --unionid UNIONID)
      lists people; of one person, the accounts in all mini-programs
      ${PERSON_HELP}`,
    options: { ...PERSON_OPTIONS, unionid: { type: 'string' } },
    run: find,
  },
  {
    name: 'user show',
    usage: `user show ${PERSON_USAGE}
      what is kept about an account, its live sessions and its last ${EVENTS} events`,
    options: PERSON_OPTIONS,
    run: show,
  },
]
