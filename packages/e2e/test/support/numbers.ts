/** How the numbers of `newNumber` are shown by default. */
export const MASKED = '156******77'

/** A random phone number, so that it is not bound yet: a stack may outlive many runs. */
export const newNumber = (first = '156', last = '77'): string =>
  first + String(Math.floor(Math.random() * 1_000_000)).padStart(6, '0') + last
