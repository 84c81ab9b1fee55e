/** The rows in which the one table of a page differs from the expected one; empty when none does. */
export const compareTables = (path: string, page: string, expected: string): string[] => {
  const shown = page.split('\n').filter((line) => line.startsWith('|'))
  const wanted = expected.split('\n')
  const differences = [
    ...wanted.filter((row) => !shown.includes(row)).map((row) => `${path} lacks the row\n  ${row}`),
    ...shown.filter((row) => !wanted.includes(row)).map((row) => `${path} has the row\n  ${row}`),
  ]
  if (differences.length > 0 || shown.join('\n') === expected) return differences
  return [`${path} has its rows in another order than\n${expected}`]
}
