import type { Anchor } from '../audit/operator-act.ts'
import type { Command, Shell, Values } from './command.ts'
import { CommandError, EXIT, misuse, textOf } from './command.ts'
import { countOf } from './numbers.ts'
import { printDone, printRows } from './output.ts'
import { withStores } from './with-core.ts'

const list = async (values: Values, shell: Shell) => {
  const limit = countOf(values, 'limit', 50)
  await withStores(values, shell, async ({ audit }) => {
    const acts = await audit.listNewest(limit, textOf(values, 'subject'))
    const rows = acts.map(({ seq, at, operator, systemUser, act, outcome, subject, detail }) => ({
      seq,
      at,
      operator,
      'system user': systemUser,
      act,
      outcome,
      subject,
      detail,
    }))
    printRows(values, shell, rows, 'Nothing was done yet.')
  })
}

const ANCHOR = /^(\d{1,9}):([0-9a-f]{64})$/

const anchorsOf = (text: string | undefined): Anchor[] =>
  (text?.split(',') ?? []).map((one) => {
    const [, seq, hash] = ANCHOR.exec(one.trim()) ?? []
    if (seq === undefined || hash === undefined) {
      throw misuse('--anchor must be what the log says: NUMBER:HASH[,NUMBER:HASH…]')
    }
    return { seq: Number(seq), hash }
  })

const verify = async (values: Values, shell: Shell) => {
  const anchors = anchorsOf(textOf(values, 'anchor'))
  await withStores(values, shell, async ({ audit }) => {
    const { last, problems } = await audit.verify(anchors)
    if (problems.length > 0) {
      printRows(values, shell, problems)
      throw new CommandError(
        `The audit is not as it was written: ${problems.length} place(s).`,
        EXIT.problems,
      )
    }
    const sentence = `${last.seq} act(s), each as it was written. Anchor: ${last.seq}:${last.hash}`
    printDone(values, shell, sentence, { acts: last.seq, anchor: `${last.seq}:${last.hash}` })
  })
}

export const auditCommands: readonly Command[] = [
  {
    name: 'audit list',
    usage: `audit list [--subject ID] [--limit 50]
      what operators did, the newest first; --subject: to one user or company, by public id`,
    options: { subject: { type: 'string' }, limit: { type: 'string' } },
    run: list,
  },
  {
    name: 'audit verify',
    usage: `audit verify [--anchor NUMBER:HASH[,…]]
      finds acts that were changed, removed or put elsewhere
      --anchor       from log lines "operator audit anchor": also finds what was removed at the end`,
    options: { anchor: { type: 'string' } },
    run: verify,
  },
]
