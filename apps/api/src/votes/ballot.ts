import type { VoteOption } from './rows.ts'

export type BallotRules = { minChoices: number; maxChoices: number }

/**
 * The options that a ballot names; null when it names another one, too few or too many, or abstains and
 * chooses at once.
 */
export const chosenOf = (
  optionIds: readonly string[],
  options: readonly Pick<VoteOption, 'id' | 'publicId' | 'meaning'>[],
  { minChoices, maxChoices }: BallotRules,
): number[] | null => {
  const chosen = options.filter(({ publicId }) => optionIds.includes(publicId))
  if (chosen.length !== optionIds.length) return null
  const ids = chosen.map(({ id }) => id)
  if (chosen.some(({ meaning }) => meaning === 'abstain')) return ids.length === 1 ? ids : null
  return ids.length >= minChoices && ids.length <= maxChoices ? ids : null
}
