export type Summary = { median: number; min: number; max: number }

/** Half of the values are above, half below; 0 when there are none. */
export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((one, other) => one - other)
  const middle = sorted.length / 2
  const upper = sorted[Math.floor(middle)] ?? 0
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? 0) + upper) / 2 : upper
}

export const summarize = (values: readonly number[]): Summary => ({
  median: median(values),
  min: values.length === 0 ? 0 : Math.min(...values),
  max: values.length === 0 ? 0 : Math.max(...values),
})

/** By what share of the smaller one two values differ. */
export const difference = (one: number, other: number): number => {
  const smaller = Math.min(one, other)
  return smaller === 0 ? 0 : Math.max(one, other) / smaller - 1
}

/** The least of the values that so large a share of them does not exceed; 0 when there are none. */
export const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((one, other) => one - other)[Math.ceil(share * values.length) - 1] ?? 0
