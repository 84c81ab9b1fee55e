/** What a value must be; see `findMismatch`. */
export type Expected = string | number | boolean | null | Expected[] | { [key: string]: Expected }

/**
 * The first mismatch of a value, or undefined. A text `/…/` is a regular expression for texts and
 * numbers; null means that a field must be absent; an object names fields that must match among
 * others; a list describes the first items of a list.
 */
export const findMismatch = (
  value: unknown,
  expected: Expected,
  path = 'body',
): string | undefined => {
  if (expected === null) return value === undefined ? undefined : `${path} must be absent`
  if (Array.isArray(expected)) return mismatchOfList(value, expected, path)
  if (typeof expected === 'object') return mismatchOfObject(value, expected, path)
  const pattern = typeof expected === 'string' ? /^\/(.+)\/$/.exec(expected)?.[1] : undefined
  const right = pattern === undefined ? value === expected : isMatch(value, pattern)

  return right ? undefined : `${path}: expected ${expected}, got ${JSON.stringify(value)}`
}

const isMatch = (value: unknown, pattern: string) =>
  (typeof value === 'string' || typeof value === 'number') &&
  new RegExp(pattern).test(String(value))

const mismatchOfList = (value: unknown, expected: Expected[], path: string) => {
  if (!Array.isArray(value)) return `${path}: expected a list, got ${JSON.stringify(value)}`
  return first(expected.map((part, index) => findMismatch(value[index], part, `${path}.${index}`)))
}

const mismatchOfObject = (value: unknown, expected: { [key: string]: Expected }, path: string) => {
  if (typeof value !== 'object' || value === null) {
    return `${path}: expected an object, got ${JSON.stringify(value)}`
  }
  const fields = value as Record<string, unknown>
  return first(
    Object.entries(expected).map(([key, part]) =>
      findMismatch(fields[key], part, `${path}.${key}`),
    ),
  )
}

const first = (mismatches: (string | undefined)[]) =>
  mismatches.find((mismatch) => mismatch !== undefined)
