import type { OutboxChoice } from '../outbox/operator-sql.ts'
import type { Command, Shell, Values } from './command.ts'
import { CommandError, misuse, textOf } from './command.ts'
import { withStores } from './with-core.ts'

const LISTED = 50
const NOTICE_DAYS = 180
const DAY_MS = 86_400_000
const REMOVED_AT_ONCE = 500

const list = (values: Values, shell: Shell) =>
  withStores(values, shell, async ({ stores: { outboxOperator } }) => {
    const summary = await outboxOperator.summarise()
    if (summary.length === 0) shell.print('The outbox is empty.')
    for (const { topic, state, result, count, oldest } of summary) {
      const how = [state === 'givenUp' ? 'given up' : state, result].filter(Boolean).join(', ')
      shell.print(`${count}  ${topic}  ${how}  since ${oldest.toISOString()}`)
    }
    for (const row of await outboxOperator.listTroubled(LISTED)) {
      const what = row.result === null ? 'next try' : `given up (${row.result})`
      shell.print(
        `--id ${row.id}  ${row.topic}  ${row.attempts} attempt(s), ${what} ${row.availableAt.toISOString()}`,
      )
    }
  })

const retry = async (values: Values, shell: Shell) => {
  const choice = choiceOf(values)
  await withStores(values, shell, async ({ stores: { outboxOperator, clock }, act }) => {
    const count = await act({ act: 'outbox retry', detail: { choice } }, () =>
      outboxOperator.retry(choice, new Date(clock.now())),
    )
    refuseNone(count, choice, 'waits, or was given up, before its deadline')
    shell.print(`To be tried again: ${count}.`)
  })
}

const drop = async (values: Values, shell: Shell) => {
  const choice = choiceOf(values)
  await withStores(values, shell, async ({ stores: { outboxOperator, clock }, act }) => {
    const count = await act({ act: 'outbox drop', detail: { choice } }, () =>
      outboxOperator.drop(choice, new Date(clock.now())),
    )
    refuseNone(count, choice, 'waits or was given up')
    shell.print(`Dropped: ${count}.`)
  })
}

const prune = async (values: Values, shell: Shell) => {
  const text = textOf(values, 'older-than-days') ?? String(NOTICE_DAYS)
  const days = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (days < NOTICE_DAYS) {
    throw misuse(`--older-than-days must be ${NOTICE_DAYS} or more`)
  }
  await withStores(values, shell, async ({ stores: { inbox, clock }, act }) => {
    const before = new Date(clock.now() - days * DAY_MS)
    const removed = await act({ act: 'notices prune', detail: { days } }, async () => {
      for (let sum = 0; ; ) {
        const count = await inbox.removeOlderThan(before, REMOVED_AT_ONCE)
        sum += count
        if (count === 0) return sum
      }
    })
    shell.print(`Removed: ${removed} notice(s).`)
  })
}

const choiceOf = (values: Values): OutboxChoice => {
  const id = textOf(values, 'id')
  const isAll = values['given-up'] === true
  if (isAll === (id !== undefined)) throw misuse('one of --id and --given-up is needed')
  if (id === undefined) return 'given up'
  if (!/^[1-9]\d{0,9}$/.test(id)) throw misuse('--id must be a number of `outbox list`')
  return { id: Number(id) }
}

const refuseNone = (count: number, choice: OutboxChoice, what: string) => {
  if (count === 0 && choice !== 'given up') throw new CommandError(`nothing of that id ${what}`)
}

const CHOICE = { id: { type: 'string' }, 'given-up': { type: 'boolean' } } as const

export const outboxCommands: readonly Command[] = [
  {
    name: 'outbox list',
    usage: `outbox list
      what waits, what was done and what was given up, with the ids of what is in trouble`,
    options: {},
    run: list,
  },
  {
    name: 'outbox retry',
    usage: `outbox retry (--id ID | --given-up)
      has it tried at once; what is past its deadline stays given up`,
    options: CHOICE,
    run: retry,
  },
  {
    name: 'outbox drop',
    usage: `outbox drop (--id ID | --given-up)
      has it never done: a message that is not to be sent any more`,
    options: CHOICE,
    run: drop,
  },
  {
    name: 'notices prune',
    usage: `notices prune [--older-than-days DAYS]
      DAYS           ${NOTICE_DAYS} or more, ${NOTICE_DAYS} by default; nodes do the same hourly, bit by bit`,
    options: { 'older-than-days': { type: 'string' } },
    run: prune,
  },
]
