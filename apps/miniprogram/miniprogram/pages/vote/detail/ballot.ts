import type { VoteResult } from '@oa/contracts'
import { fillIn, messages } from '../../../i18n/index'
import { joinTexts } from '../../../i18n/join-texts'
import { optionName } from '../../../votes/words'

const { vote } = messages

type Details = NonNullable<VoteResult['details']>

export type Option = { id: string; text: string; chosen: boolean; abstains: boolean }
type Bounds = { min: number; max: number }

/** What the user chose before is chosen. */
export const toOptions = ({ options, myChoice }: Details): Option[] =>
  options.map((option) => ({
    id: option.id,
    text: optionName(option),
    chosen: myChoice?.includes(option.id) ?? false,
    abstains: option.meaning === 'abstain',
  }))

/** What a tap changes: one of one is replaced, and who abstains chooses nothing else. */
export const choose = (options: Option[], id: string, { max }: Pick<Bounds, 'max'>): Option[] => {
  const tapped = options.find((option) => option.id === id)
  if (!tapped) return options
  if (max === 1 || tapped.abstains) {
    return options.map((option) => ({ ...option, chosen: option.id === id }))
  }

  return options.map((option) => {
    if (option.id === id) return { ...option, chosen: !option.chosen }
    return option.abstains ? { ...option, chosen: false } : option
  })
}

/** What was chosen before, in options that were loaded anew. */
export const chooseAgain = (options: Option[], before: Option[]): Option[] => {
  const ids = new Set(before.filter(({ chosen }) => chosen).map(({ id }) => id))

  return options.map((option) => ({ ...option, chosen: ids.has(option.id) }))
}

/** The ballot; `undefined` while it names too few options, or too many. */
export const ballotOf = (options: Option[], { min, max }: Bounds): string[] | undefined => {
  const chosen = options.filter((option) => option.chosen)
  const abstains = chosen.length === 1 && chosen[0]?.abstains
  if (!abstains && (chosen.length < min || chosen.length > max)) return undefined

  return chosen.map(({ id }) => id)
}

export const hintOf = ({ min, max, options }: Details): string => {
  const mayAbstain = options.some(({ meaning }) => meaning === 'abstain')
  if (max === 1) return vote.chooseOne
  const text =
    min === max ? fillIn(vote.chooseExactly, { count: max }) : fillIn(vote.chooseSome, { min, max })

  return mayAbstain ? text + vote.orAbstain : text
}

/** What the user is told of their own ballot: of a secret one, that it counts. */
export const myChoiceText = ({ details, state }: VoteResult): string => {
  const mine = details?.options.filter(({ id }) => details.myChoice?.includes(id)) ?? []
  if (mine.length > 0) {
    return fillIn(vote.myChoice, { options: joinTexts(mine.map(optionName)) })
  }

  return state === 'open' ? vote.mineText : ''
}
