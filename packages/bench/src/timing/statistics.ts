export const median = (values: readonly number[]) =>
  values.toSorted((one, other) => one - other)[values.length >> 1] ?? 0

/**
 * How often a time of `one` is longer than one of `other` (Mann-Whitney): 0.5 says that the two cannot
 * be told apart by looking at times, 0 or 1 that one look is enough.
 */
export const chanceLonger = (one: readonly number[], other: readonly number[]) => {
  const all = [
    ...one.map((time) => ({ time, mine: true })),
    ...other.map((time) => ({ time, mine: false })),
  ].sort((a, b) => a.time - b.time)
  let ranks = 0
  for (let start = 0; start < all.length; ) {
    let end = start
    while (end < all.length && all[end]?.time === all[start]?.time) end += 1
    const mine = all.slice(start, end).filter((entry) => entry.mine).length
    ranks += mine * ((start + 1 + end) / 2)
    start = end
  }
  return (ranks - (one.length * (one.length + 1)) / 2) / (one.length * other.length)
}

/** By how much chance alone moves `chanceLonger` when there is no difference: two standard errors. */
export const noiseOf = (count: number) => 2 * Math.sqrt((2 * count + 1) / (12 * count * count))
