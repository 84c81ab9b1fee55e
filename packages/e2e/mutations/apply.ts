import type { Mutation } from './mutations.ts'

/** The source with the mistake in it. Throws unless each text to replace occurs exactly once. */
export const applyMutation = (source: string, { name, file, replace }: Mutation): string =>
  replace.reduce((text, [from, to]) => {
    const count = text.split(from).length - 1
    if (count !== 1) throw new Error(`${name}: ${file} has ${count} times: ${from}`)

    return text.replace(from, () => to)
  }, source)
