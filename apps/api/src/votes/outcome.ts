/** `vote.rule` and `vote.outcome`, by their numbers. */
export const RULES = [
  'simple_majority',
  'absolute_majority',
  'two_thirds',
  'two_thirds_of_electors',
] as const
export type Rule = (typeof RULES)[number]
export const OUTCOMES = ['passed', 'rejected', 'tied', 'no_quorum'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** How many ballots chose each thing; of a motion, whose ballots choose exactly one. */
export type MotionTally = { for: number; against: number; abstain: number }

export type Count = {
  rule: Rule
  quorumPercent: number
  /** Entitled when the vote opened, also those who were struck off since: nobody changes a quorum. */
  electors: number
  tally: MotionTally
}

/** What becomes of a motion. Abstentions count for the quorum, and neither for nor against. */
export const outcomeOf = ({ rule, quorumPercent, electors, tally }: Count): Outcome => {
  const cast = tally.for + tally.against + tally.abstain
  // In whole numbers: exactly n % is a quorum.
  if (cast * 100 < quorumPercent * electors) return 'no_quorum'
  if (passes(rule, tally, electors)) return 'passed'
  const isTied = rule === 'simple_majority' && tally.for === tally.against && tally.for > 0
  return isTied ? 'tied' : 'rejected'
}

const passes = (rule: Rule, { for: inFavour, against }: MotionTally, electors: number): boolean => {
  // Nobody in favour is no majority, however few are against.
  if (inFavour === 0) return false
  switch (rule) {
    case 'simple_majority':
      return inFavour > against
    case 'absolute_majority':
      return inFavour * 2 > electors
    case 'two_thirds':
      return inFavour * 3 >= (inFavour + against) * 2
    case 'two_thirds_of_electors':
      return inFavour * 3 >= electors * 2
  }
}

/** With fewer, a secret vote would not be one. */
export const LEAST_SECRET_ELECTORS = 5

/** Whether a result tells who chose what: so few ballots, or all the same. */
export const isRevealing = (tallies: readonly number[], ballots: number): boolean =>
  ballots > 0 && (ballots < LEAST_SECRET_ELECTORS || tallies.some((tally) => tally === ballots))
