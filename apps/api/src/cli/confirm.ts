import type { Shell, Values } from './command.ts'
import { CommandError, misuse } from './command.ts'

/** Asks before what cannot be taken back, unless `--yes` stands there; a script has to say it. */
export const confirm = async (values: Values, { ask }: Shell, question: string): Promise<void> => {
  if (values.yes === true) return
  if (ask === undefined) throw misuse(`${question} Add --yes to do it.`)
  if (!(await ask(question))) throw new CommandError('Nothing was done.')
}
