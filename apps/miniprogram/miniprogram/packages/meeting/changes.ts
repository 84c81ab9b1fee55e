/** The fields that differ. */
export const changesOf = <Fields extends object>(
  before: Fields,
  after: Fields,
): Partial<Fields> => {
  const changes: Partial<Fields> = {}
  for (const name of Object.keys(after) as (keyof Fields)[]) {
    if (JSON.stringify(before[name]) !== JSON.stringify(after[name])) changes[name] = after[name]
  }

  return changes
}
