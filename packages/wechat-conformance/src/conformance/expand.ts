import type { Expected } from '../match.ts'

type Entry = { [key: string]: Expected }

/**
 * Expands a case into one per entry of its `each`, which is a list or the name of one. A text that
 * is `<field>` becomes that field of the entry, of any type; `<field>` inside a longer text becomes
 * its text. A field that the entry lacks is left out.
 */
export const expand = (written: Expected, lists: Readonly<Record<string, Entry[]>>): Expected[] => {
  if (!isObject(written) || written.each === undefined) return [written]
  const { each, ...rest } = written
  const entries = typeof each === 'string' ? lists[each] : (each as Entry[])
  if (!entries) throw new Error(`no list ${String(each)}`)

  return entries.map((entry) => write(rest, entry) ?? null)
}

const write = (part: Expected, entry: Entry): Expected | undefined => {
  if (typeof part === 'string') return writeText(part, entry)
  if (Array.isArray(part)) return part.flatMap((item) => write(item, entry) ?? [])
  if (!isObject(part)) return part
  const fields = Object.entries(part).flatMap(([key, value]) => {
    const written = write(value, entry)
    return written === undefined ? [] : [[String(writeText(key, entry)), written] as const]
  })

  return Object.fromEntries(fields)
}

const writeText = (text: string, entry: Entry): Expected | undefined => {
  const whole = /^<(\w+)>$/.exec(text)?.[1]
  if (whole !== undefined) return entry[whole]

  return text.replaceAll(/<(\w+)>/g, (same, name) => String(entry[name] ?? same))
}

const isObject = (part: Expected): part is Entry =>
  typeof part === 'object' && part !== null && !Array.isArray(part)
