/** A JSON copy, as WeChat's threads exchange values: functions and undefined are lost. */
export const toPlain = (value: unknown): unknown => {
  if (value === undefined) return null
  try {
    const text = JSON.stringify(value)
    return text === undefined ? null : JSON.parse(text)
  } catch {
    return describe(value)
  }
}

/** A console argument as JSON; an error becomes its stack, a cycle `[Circular]`. */
export const toLogArgument = (value: unknown): unknown => {
  if (value instanceof Error) return value.stack ?? String(value)
  if (typeof value === 'function') return `[Function ${value.name || 'anonymous'}]`
  if (typeof value === 'symbol' || typeof value === 'bigint') return String(value)
  if (typeof value !== 'object' || value === null) return value ?? null
  return toPlain(value)
}

const describe = (value: unknown): unknown => {
  const seen = new Set<unknown>()
  const text = JSON.stringify(value, (_key, item: unknown) => {
    if (typeof item === 'bigint') return String(item)
    if (typeof item !== 'object' || item === null) return item
    if (seen.has(item)) return '[Circular]'
    seen.add(item)
    return item
  })
  return JSON.parse(text)
}

/** A value as a record; an empty one for values that are not objects. */
export const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}

/** Reads a path such as `user.tags[0].name` of a value; undefined when absent. */
export const readPath = (value: unknown, path: string | undefined): unknown =>
  path
    ? path
        .replace(/\[(\d+)\]/g, '.$1')
        .split('.')
        .reduce<unknown>((inner, key) => record(inner)[key], value)
    : value

export const camelCase = (name: string): string =>
  name.replace(/-(\w)/g, (_match, letter: string) => letter.toUpperCase())
