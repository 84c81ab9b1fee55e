import { parseArgs } from 'node:util'
import { AccountClosed } from '../account/freeze.ts'
import { ConfigError } from '../config/load-config.ts'
import { MigrationRefused } from '../infra/database/migrations/plan.ts'
import type { Command } from './command.ts'
import { CommandError } from './command.ts'
import { eventCommands } from './events.ts'
import { migrateCommand } from './migrate.ts'
import { userCommands } from './user.ts'
import { userKeyCommands } from './user-key.ts'

const COMMANDS: readonly Command[] = [
  migrateCommand,
  ...userCommands,
  ...userKeyCommands,
  ...eventCommands,
]

const USAGE = `usage:\n${COMMANDS.map(({ usage }) => `  cli ${usage}\n`).join('')}`

const OPTIONS = Object.assign({}, ...COMMANDS.map(({ options }) => options)) as Command['options']

/** Carries out the command that `args` name; rejects with an error that says what is wrong. */
export const run = async (args: string[]): Promise<void> => {
  const { positionals, values } = parseArgs({ args, allowPositionals: true, options: OPTIONS })
  const command = COMMANDS.find(({ name }) => name === positionals.join(' '))
  if (command === undefined) throw new CommandError(USAGE)
  const unknown = Object.keys(values).find((name) => !(name in command.options))
  if (unknown !== undefined) throw new CommandError(`--${unknown} does not belong here\n${USAGE}`)
  await command.run(values)
}

/** The operator can do something about it, and the text says what. */
export const isExpected = (error: unknown): error is Error =>
  error instanceof CommandError ||
  error instanceof AccountClosed ||
  error instanceof ConfigError ||
  error instanceof MigrationRefused ||
  (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))
