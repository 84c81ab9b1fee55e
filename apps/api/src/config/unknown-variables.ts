import leven from 'leven'
import { Env } from './env.ts'

/** A variable that nothing reads, and the one that was probably meant. */
export type UnknownVariable = { name: string; meant: string | null }

/** Every variable that the API reads. */
export const API_VARIABLES: readonly string[] = Object.keys(Env.properties)

/** Beginnings of names that no other program uses. */
const OWN_PREFIXES = [
  'WX_',
  'JWT_',
  'LOGIN_LIMIT_',
  'PHONE_BUDGET_',
  'PICTURES_',
  'INTERNAL_LIMIT_',
  'COMPAT_',
  'OVERLOAD_',
]
/** What several nodes stand on. Its default is right for one process alone, so its absence shows nowhere. */
const UNSAFE_WHEN_MISSPELT = new Set(['REDIS_URL', 'TRUST_PROXY'])
/** Shorter names are two letters away from words that mean something else, as PORT from POST. */
const MIN_LENGTH = 7
const LONG_NAME = 10
const MAX_MISTAKES = 3
const maxMistakes = ({ length }: string) => (length < LONG_NAME ? 2 : MAX_MISTAKES)

/**
 * Variables of `source` that look like misspelt ones of `known`. An environment holds those of other
 * programs too, so a name only counts when it has a beginning of ours, or hardly differs from a
 * variable that is absent.
 */
export const misspeltVariables = (
  source: NodeJS.ProcessEnv,
  known: readonly string[] = API_VARIABLES,
): UnknownVariable[] =>
  Object.keys(source)
    .filter((name) => source[name] !== '' && !known.includes(name))
    .flatMap((name) => {
      const meant = nearest(
        name,
        known.filter((other) => !source[other]),
      )
      if (meant !== null && meant.length >= MIN_LENGTH) return [{ name, meant }]
      return OWN_PREFIXES.some((prefix) => name.startsWith(prefix))
        ? [{ name, meant: nearestOfFamily(name, known) }]
        : []
    })

/** Every one of `names` that is not in `known`: for a file that belongs to this project alone. */
export const unknownVariables = (
  names: readonly string[],
  known: readonly string[] = API_VARIABLES,
): UnknownVariable[] =>
  names
    .filter((name) => !known.includes(name))
    .map((name) => ({ name, meant: nearest(name, known) ?? nearestOfFamily(name, known) }))

export const describeUnknown = ({ name, meant }: UnknownVariable): string =>
  `${name} ${problemOf(meant)}`

const problemOf = (meant: string | null) =>
  meant === null ? 'is unknown' : `is unknown: did you mean ${meant}?`

/** Misspelt variables without which production would be less safe, and nobody would notice. */
export const unsafeMisspelt = (source: NodeJS.ProcessEnv): Map<string, string> =>
  new Map(
    misspeltVariables(source).flatMap(({ name, meant }) =>
      meant !== null && UNSAFE_WHEN_MISSPELT.has(meant) ? [[name, problemOf(meant)] as const] : [],
    ),
  )

/** Of names with the same first word if there are any: `JWT_SECRET` is no mistake for `WX_SECRET`. */
const nearest = (name: string, known: readonly string[]): string | null => {
  const family = familyOf(name, known)
  // An environment may hold hundreds of names, and most differ by more letters than they could share.
  const near = (family.length > 0 ? family : known).filter(
    ({ length }) => Math.abs(length - name.length) <= MAX_MISTAKES,
  )
  const [best] = byDistance(name, near)
  return best !== undefined && leven(best, name.toUpperCase()) <= maxMistakes(best) ? best : null
}

/** `WX_APP_SECRET` is far from `WX_SECRET`, but shares its first and last word. */
const nearestOfFamily = (name: string, known: readonly string[]): string | null => {
  const family = familyOf(name, known)
  const words = name.toUpperCase().split('_').slice(1)
  const sharing = family.filter((other) => words.some((word) => other.endsWith(`_${word}`)))
  return byDistance(name, sharing.length > 0 ? sharing : family)[0] ?? null
}

const familyOf = (name: string, known: readonly string[]) => {
  const [first, ...words] = name.toUpperCase().split('_')
  return words.length === 0 ? [] : known.filter((other) => other.startsWith(`${first}_`))
}

const byDistance = (name: string, known: readonly string[]): string[] =>
  known
    .map((other) => ({ other, distance: leven(other, name.toUpperCase()) }))
    .sort((a, b) => a.distance - b.distance)
    .map(({ other }) => other)
