import { DISABLE_REASONS, isDisableCode } from '../account/disable-reasons.ts'
import type { AccountChange, Accounts } from '../account/freeze.ts'
import type { FreezeReason } from '../account/status-change.ts'
import { isDisplayText } from '../http/text-formats.ts'
import type { UserKey } from '../users/user.ts'
import type { Command, Shell, Values } from './command.ts'
import { CommandError, EXIT, misuse, textOf } from './command.ts'
import { confirm } from './confirm.ts'
import { printDone } from './output.ts'
import { findPerson, PERSON_HELP, PERSON_OPTIONS, PERSON_USAGE } from './people.ts'
import { withCore } from './with-core.ts'

/** As long as the columns. */
const MAX_TEXT_LENGTH = 255

const CODES = Object.keys(DISABLE_REASONS).join(', ')

const freezeReasonOf = (values: Values): FreezeReason => {
  const code = textOf(values, 'code')
  const reason = textOf(values, 'reason')
  const note = textOf(values, 'note')
  if (code !== undefined && !isDisableCode(code)) {
    throw misuse(`--code is not one of ${CODES}`)
  }
  for (const [flag, text] of Object.entries({ reason, note })) {
    if (text !== undefined && [...text].length > MAX_TEXT_LENGTH) {
      throw misuse(`--${flag} is longer than ${MAX_TEXT_LENGTH} characters`)
    }
  }
  // The user would read an empty refusal, or one that turns itself around on the screen.
  if (reason !== undefined && (reason.trim() === '' || !isDisplayText(reason))) {
    throw misuse('--reason must be words that can be shown')
  }
  return {
    ...(code === undefined ? {} : { code }),
    ...(reason === undefined ? {} : { text: reason }),
    ...(note === undefined ? {} : { note }),
  }
}

type Change = (accounts: Accounts, key: UserKey) => Promise<AccountChange | null>
type Done = { act: string; detail: Readonly<Record<string, unknown>>; question: string | null }

const changeAccount = (
  values: Values,
  shell: Shell,
  { act: name, detail, question }: Done,
  change: Change,
) =>
  withCore(values, shell, async ({ config, core, stores, act }) => {
    const user = await findPerson({ users: stores.users, config }, values)
    const { publicId: id, nickName } = user
    if (question !== null) await confirm(values, shell, `${question}: ${nickName} (${id}).`)
    const done = await act({ act: name, subject: id, detail }, async () => {
      const changed = await change(core.accounts, { publicId: id })
      if (changed === null) throw new CommandError('There is no such person.', EXIT.notFound)
      return changed
    })
    const { ended, everywhere } = done
    printDone(values, shell, `Done: ${id}, ${ended} session(s) ended.`, { id, ended, everywhere })
    if (!everywhere && values.json !== true) {
      shell.print('Redis is away: other nodes notice within a minute.')
    }
  })

export const userCommands: readonly Command[] = [
  {
    name: 'user freeze',
    usage: `user freeze ${PERSON_USAGE} [--code CODE] [--reason TEXT] [--note TEXT]
      ends every session and refuses sign-ins
      ${PERSON_HELP}
      --code         ${CODES}
      --reason       what the user is told as written, instead of the words that go with CODE
                     in Chinese and English
      --note         for operators; the user never sees it`,
    options: {
      ...PERSON_OPTIONS,
      code: { type: 'string' },
      reason: { type: 'string' },
      note: { type: 'string' },
    },
    async run(values, shell) {
      const reason = freezeReasonOf(values)
      const { code = 'other', text = null, note = null } = reason
      await changeAccount(
        values,
        shell,
        {
          act: 'user freeze',
          detail: { code, reason: text, note },
          question: 'This signs out everywhere and freezes',
        },
        (accounts, key) => accounts.freeze(key, reason),
      )
    },
  },
  {
    name: 'user unfreeze',
    usage: `user unfreeze ${PERSON_USAGE}`,
    options: PERSON_OPTIONS,
    run: (values, shell) =>
      changeAccount(
        values,
        shell,
        { act: 'user unfreeze', detail: {}, question: null },
        (accounts, key) => accounts.unfreeze(key),
      ),
  },
]
