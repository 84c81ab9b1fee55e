import type { CheckInCodeResult } from '@oa/contracts'

/** Codes as the server sent them, with when they arrived by the phone's own counter. */
export type Kept = { result: CheckInCodeResult; at: number }

/**
 * The picture to show now; empty once the last code is over. Only the time that has passed since the
 * answer counts, so that the clock of the phone need not be right, and no code is shown too early.
 */
export const pictureAt = (
  { result: { codes, now, everyMs }, at }: Kept,
  counter: number,
): string => {
  const serverNow = Date.parse(now) + (counter - at)
  const begun = codes.filter(({ from }) => Date.parse(from) <= serverNow)
  const newest = begun[begun.length - 1]
  const isOver = newest === undefined || serverNow >= Date.parse(newest.from) + everyMs

  return isOver ? '' : newest.svg
}
