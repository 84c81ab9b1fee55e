import type { Values } from './command.ts'
import { misuse, textOf } from './command.ts'

const MAX_COUNT = 10_000

/** How many rows are wanted. */
export const countOf = (values: Values, option: string, fallback: number): number => {
  const text = textOf(values, option)
  if (text === undefined) return fallback
  const count = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (count < 1 || count > MAX_COUNT) throw misuse(`--${option} must be 1 to ${MAX_COUNT}`)
  return count
}
