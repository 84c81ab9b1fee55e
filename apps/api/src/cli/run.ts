import { parseArgs } from 'node:util'
import { auditCommands } from './audit.ts'
import type { Command, ExitCode, Shell } from './command.ts'
import { COMMON_OPTIONS, CommandError, EXIT, misuse } from './command.ts'
import { doctorCommand } from './doctor.ts'
import { eventCommands } from './events.ts'
import { keyCommands } from './key.ts'
import { migrateCommand } from './migrate.ts'
import { orgCommands } from './org.ts'
import { outboxCommands } from './outbox.ts'
import { checkNamed } from './people.ts'
import { sessionCommands } from './session.ts'
import { userCommands } from './user.ts'
import { userFindCommands } from './user-find.ts'
import { userPhoneCommands } from './user-phone.ts'
import { wechatCommands } from './wechat.ts'

const COMMANDS: readonly Command[] = [
  migrateCommand,
  doctorCommand,
  ...userFindCommands,
  ...userCommands,
  ...userPhoneCommands,
  ...sessionCommands,
  ...eventCommands,
  ...auditCommands,
  ...keyCommands,
  ...wechatCommands,
  ...orgCommands,
  ...outboxCommands,
]

const USAGE = `usage: oa COMMAND [--json] [--yes] [--as NAME]

${COMMANDS.map(({ usage }) => `  oa ${usage}\n`).join('')}
      --json         answers for scripts
      --yes          does what cannot be taken back without asking
      --as           who does it, for the operators' audit; the system user by default

exit codes: 0 done, 1 refused, 2 wrong command line, 3 not found, 4 an outside system is away,
5 a check found something`

const OPTIONS = Object.assign(
  {},
  COMMON_OPTIONS,
  ...COMMANDS.map(({ options }) => options),
) as Command['options']

/** Carries out the command that `args` name; rejects with an error that says what is wrong. */
export const run = async (args: string[], shell: Shell): Promise<void> => {
  const { positionals, values } = parseArgs({ args, allowPositionals: true, options: OPTIONS })
  const words = positionals.join(' ')
  const command = COMMANDS.find(({ name, formerly }) => name === words || formerly === words)
  if (values.help === true || words === 'help') return shell.print(helpOf(command, words))
  if (command === undefined) throw misuse(words === '' ? USAGE : helpOf(command, words))
  const known = { ...COMMON_OPTIONS, ...command.options }
  const unknown = Object.keys(values).find((name) => !(name in known))
  if (unknown !== undefined) {
    throw misuse(`--${unknown} does not belong here\nusage: oa ${command.usage}`)
  }
  if ('nickname' in command.options) checkNamed(values, command.options)
  await command.run(values, shell)
}

/** Of one command, of those that begin so, or of all. */
const helpOf = (command: Command | undefined, words: string) => {
  if (command !== undefined) return `usage: oa ${command.usage}`
  const group = words === '' ? [] : COMMANDS.filter(({ name }) => name.startsWith(`${words} `))
  if (group.length === 0) return USAGE
  return `usage:\n${group.map(({ usage }) => `  oa ${usage}`).join('\n')}`
}

const isParseError = (error: unknown) =>
  error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')

/** The operator can do something about it, and the text says what. */
export const isExpected = async (error: unknown): Promise<boolean> =>
  error instanceof CommandError ||
  isParseError(error) ||
  (await import('./expected-errors.ts')).isExpectedOfApi(error)

export const exitCodeOf = async (error: unknown): Promise<ExitCode> => {
  if (error instanceof CommandError) return error.exitCode
  if (isParseError(error)) return EXIT.usage
  const { isUnavailable } = await import('./expected-errors.ts')
  return isUnavailable(error) ? EXIT.unavailable : EXIT.refused
}
