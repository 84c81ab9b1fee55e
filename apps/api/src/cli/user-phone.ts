import { commandLine } from '../audit/caller.ts'
import type { Command, Shell, Values } from './command.ts'
import { CommandError } from './command.ts'
import { confirm } from './confirm.ts'
import { printDone } from './output.ts'
import { findPerson, PERSON_HELP, PERSON_OPTIONS, PERSON_USAGE } from './people.ts'
import { withCore } from './with-core.ts'

const unbind = (values: Values, shell: Shell) =>
  withCore(values, shell, async ({ config, core, stores, act }) => {
    const user = await findPerson({ users: stores.users, config }, values)
    const { publicId } = user
    await confirm(
      values,
      shell,
      `The phone number of ${user.nickName} (${publicId}) is taken away.`,
    )
    await act({ act: 'user phone unbind', subject: publicId }, async () => {
      if (!(await stores.phones.unbind(user.id, new Date(stores.clock.now())))) {
        throw new CommandError('No number is bound to this account.')
      }
      const event = { kind: 'phone_unbound', outcome: 'ok' } as const
      await core.audit.record(event, { user, session: null }, commandLine(user))
    })
    printDone(values, shell, 'Done: the number can be bound to another account.', { id: publicId })
  })

export const userPhoneCommands: readonly Command[] = [
  {
    name: 'user phone unbind',
    usage: `user phone unbind ${PERSON_USAGE}
      takes the number away, as when it has a new owner who cannot bind it
      ${PERSON_HELP}`,
    options: PERSON_OPTIONS,
    run: unbind,
  },
]
