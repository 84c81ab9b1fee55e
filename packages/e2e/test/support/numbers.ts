/** How every number of `newNumber` is shown. */
export const MASKED = '156******77'

/** A phone number that nobody has bound: a stack may outlive many runs. */
export const newNumber = (first = '156', last = '77'): string =>
  first + String(Math.floor(Math.random() * 1_000_000)).padStart(6, '0') + last
