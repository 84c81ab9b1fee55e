import { userInfo } from 'node:os'
import { isDisplayText } from '../http/text-formats.ts'
import type { Values } from './command.ts'
import { misuse, textOf } from './command.ts'

/** As long as the columns. */
const MAX_LENGTH = 64

/** Who does this: the name after `--as`, and the user of the machine. */
export const whoOf = (values: Values): { operator: string; systemUser: string } => {
  const systemUser = readSystemUser().slice(0, MAX_LENGTH)
  const operator = textOf(values, 'as')?.normalize('NFC').trim()
  if (operator === undefined) return { operator: systemUser, systemUser }
  if (operator === '' || [...operator].length > MAX_LENGTH || !isDisplayText(operator)) {
    throw misuse(`--as must be a name of at most ${MAX_LENGTH} characters`)
  }
  return { operator, systemUser }
}

/** A container may run under a number that has no name. */
const readSystemUser = () => {
  try {
    return userInfo().username
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`
  }
}
