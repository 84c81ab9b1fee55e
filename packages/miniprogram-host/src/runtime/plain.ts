/** JSON copy of a value, as it crosses between WeChat's threads: functions and undefined are lost. */
export const toPlain = (value: unknown): unknown => {
  if (value === undefined) return null
  try {
    const text = JSON.stringify(value)
    return text === undefined ? null : JSON.parse(text)
  } catch {
    return describe(value)
  }
}

/** What a console argument looks like from outside; errors keep their stack, cycles are named. */
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

export const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}

/** Reads `user.tags[0].name` in a value; undefined when there is nothing. */
export const readPath = (value: unknown, path: string | undefined): unknown =>
  path
    ? path
        .replace(/\[(\d+)\]/g, '.$1')
        .split('.')
        .reduce<unknown>((inner, key) => record(inner)[key], value)
    : value

export const camelCase = (name: string): string =>
  name.replace(/-(\w)/g, (_match, letter: string) => letter.toUpperCase())
