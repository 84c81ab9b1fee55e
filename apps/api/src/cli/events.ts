import { MIN_EVENT_DAYS, pruneEvents } from '../audit/retention.ts'
import type { Command, Shell, Values } from './command.ts'
import { misuse, textOf } from './command.ts'
import { confirm } from './confirm.ts'
import { countOf } from './numbers.ts'
import { printDone, printRows } from './output.ts'
import { findPerson, PERSON_HELP, PERSON_OPTIONS, PERSON_USAGE } from './people.ts'
import { withStores } from './with-core.ts'

const prune = async (values: Values, shell: Shell) => {
  const text = textOf(values, 'older-than-days') ?? ''
  const days = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (days < MIN_EVENT_DAYS) throw misuse(`--older-than-days must be ${MIN_EVENT_DAYS} or more`)
  await confirm(values, shell, `Login events older than ${days} days are removed for good.`)
  const { loadDatabaseConfig } = await import('../config/load-config.ts')
  const work = async ({ stores, act }: Parameters<Parameters<typeof withStores>[2]>[0]) => {
    const removed = await act({ act: 'event prune', detail: { days } }, () =>
      pruneEvents(stores.loginEvents, days),
    )
    printDone(values, shell, `Removed: ${removed} event(s).`, { removed })
  }
  await withStores(values, shell, work, loadDatabaseConfig)
}

const list = async (values: Values, shell: Shell) => {
  const limit = countOf(values, 'limit', 50)
  await withStores(values, shell, async ({ config, stores }) => {
    const user = await findPerson({ users: stores.users, config }, values)
    printRows(
      values,
      shell,
      await stores.loginEvents.listNewest({ userId: user.id, limit }),
      'No events.',
    )
  })
}

export const eventCommands: readonly Command[] = [
  {
    name: 'event list',
    usage: `event list ${PERSON_USAGE} [--limit 50]
      when and from where a user signed in and out, the newest first
      ${PERSON_HELP}`,
    options: { ...PERSON_OPTIONS, limit: { type: 'string' } },
    run: list,
  },
  {
    name: 'event prune',
    formerly: 'events prune',
    usage: `event prune --older-than-days DAYS
      DAYS           ${MIN_EVENT_DAYS} or more; needs a database user that may delete login events`,
    options: { 'older-than-days': { type: 'string' } },
    run: prune,
  },
]
