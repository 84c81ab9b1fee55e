import { commandLine } from '../audit/caller.ts'
import type { Command, Shell, Values } from './command.ts'
import { CommandError, EXIT, misuse, textOf } from './command.ts'
import { confirm } from './confirm.ts'
import { printDone, printRows } from './output.ts'
import { findPerson, PERSON_HELP, PERSON_OPTIONS, PERSON_USAGE } from './people.ts'
import { withCore, withStores } from './with-core.ts'

const list = (values: Values, shell: Shell) =>
  withStores(values, shell, async ({ config, stores }) => {
    const user = await findPerson({ users: stores.users, config }, values)
    const live = await stores.sessions.listLive(user.id, new Date(stores.clock.now()))
    const rows = live.map(({ id, deviceName, ip, createdAt, lastSeenAt }) => ({
      session: id,
      device: deviceName,
      ip,
      created: createdAt,
      'last seen': lastSeenAt,
    }))
    printRows(values, shell, rows, 'Not signed in anywhere.')
  })

const end = async (values: Values, shell: Shell) => {
  const session = textOf(values, 'session')
  if ((session === undefined) === (values.all !== true)) {
    throw misuse('one of --session and --all is needed')
  }
  await withCore(values, shell, async ({ config, core, stores, act }) => {
    const user = await findPerson({ users: stores.users, config }, values)
    const which = session === undefined ? 'every session' : `the session ${session}`
    await confirm(values, shell, `This signs ${user.nickName} (${user.publicId}) out of ${which}.`)
    const what = {
      act: 'session end',
      subject: user.publicId,
      detail: { session: session ?? 'all' },
    }
    const { ids, everywhere } = await act(what, async () => {
      const at = new Date(stores.clock.now())
      const ended = await core.revocations.ending(user, () =>
        session === undefined
          ? stores.sessions.endAll(user.id, 'revoked', at)
          : stores.sessions.end({ id: session, userId: user.id }, 'revoked', at),
      )
      if (ended.ids.length === 0 && session !== undefined) {
        throw new CommandError('The user has no such live session.', EXIT.notFound)
      }
      for (const id of ended.ids) {
        const event = { kind: 'session_ended', outcome: 'ok' } as const
        await core.audit.record(event, { user, session: { id } }, commandLine(user))
      }
      return ended
    })
    const ended = ids.length
    printDone(values, shell, `Done: ${ended} session(s) ended.`, { ended, everywhere })
    if (!everywhere && values.json !== true) {
      shell.print('Redis is away: other nodes notice within a minute.')
    }
  })
}

export const sessionCommands: readonly Command[] = [
  {
    name: 'session list',
    usage: `session list ${PERSON_USAGE}
      where a user is signed in
      ${PERSON_HELP}`,
    options: PERSON_OPTIONS,
    run: list,
  },
  {
    name: 'session end',
    usage: `session end ${PERSON_USAGE} (--session SESSION | --all)
      signs a user out, on every node within a second; the user may sign in again`,
    options: { ...PERSON_OPTIONS, session: { type: 'string' }, all: { type: 'boolean' } },
    run: end,
  },
]
