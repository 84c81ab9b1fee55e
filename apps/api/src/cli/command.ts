/** How the command ends, for scripts; `oa --help` and docs/operations/commands.md list them. */
export const EXIT = {
  done: 0,
  /** It cannot be done as things are; the text says why. */
  refused: 1,
  /** The command line is wrong, or lacks `--yes`. */
  usage: 2,
  notFound: 3,
  /** The database, Redis or WeChat is away: try again. */
  unavailable: 4,
  /** A check found something: `doctor`, `audit verify`. */
  problems: 5,
} as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** The command cannot be carried out; the text says why. */
export class CommandError extends Error {
  readonly exitCode: ExitCode
  constructor(message: string, exitCode: ExitCode = EXIT.refused) {
    super(message)
    this.exitCode = exitCode
  }
}

/** What was typed cannot be meant. */
export const misuse = (message: string) => new CommandError(message, EXIT.usage)

type Option = { type: 'string' | 'boolean' }
export type Values = { readonly [option: string]: string | boolean | undefined }

/** Where a command runs. */
export type Shell = {
  env: NodeJS.ProcessEnv
  /** Writes one line to the standard output. */
  print(line: string): void
  /** Asks a person yes or no; absent where there is none. */
  ask?(question: string): Promise<boolean>
}

/** One command of the operator's command line. */
export type Command = {
  /** As it is typed: `user freeze`. */
  name: string
  /** The name of an older release, which is understood still. */
  formerly?: string
  /** One line, then one for each option that needs explaining. */
  usage: string
  options: Readonly<Record<string, Option>>
  /** Rejects with `CommandError` when the operator can do something about it. */
  run(values: Values, shell: Shell): Promise<void>
}

/** What every command takes. */
export const COMMON_OPTIONS = {
  help: { type: 'boolean' },
  json: { type: 'boolean' },
  yes: { type: 'boolean' },
  as: { type: 'string' },
} as const

/** The value of an option that takes a text. */
export const textOf = (values: Values, option: string): string | undefined => {
  const value = values[option]
  return typeof value === 'string' ? value : undefined
}
