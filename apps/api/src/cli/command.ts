/** The command cannot be carried out; the text says why. */
export class CommandError extends Error {}

type Option = { type: 'string' | 'boolean' }
export type Values = { readonly [option: string]: string | boolean | undefined }

/** One command of the operator's command line. */
export type Command = {
  /** As it is typed: `user freeze`. */
  name: string
  /** One line, then one for each option that needs explaining. */
  usage: string
  options: Readonly<Record<string, Option>>
  /** Rejects with `CommandError` when the operator can do something about it. */
  run(values: Values): Promise<void>
}

export const print = (line: string) => process.stdout.write(`${line}\n`)

/** The value of an option that takes a text. */
export const textOf = (values: Values, option: string): string | undefined => {
  const value = values[option]
  return typeof value === 'string' ? value : undefined
}
