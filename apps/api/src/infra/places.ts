import type { CityResponse } from 'maxmind'
import { open, validate } from 'maxmind'

/** Where an address is used, about, in both languages of the mini-program. */
export type Place = { zh: string; en: string }
/** Null for an address that the database does not know, and without a database. */
export type PlaceOf = (ip: string) => Place | null

/**
 * Looks addresses up in a local database in MaxMind's format, such as GeoLite2-City.mmdb: no address
 * leaves the server. Rejects when the file cannot be read.
 */
export const openPlaces = async (file: string | null): Promise<PlaceOf> => {
  if (file === null) return () => null
  const reader = await openDatabase(file)
  return (ip) => (validate(ip) ? toPlace(reader.get(ip)) : null)
}

const openDatabase = async (file: string) => {
  try {
    return await open<CityResponse>(file)
  } catch (cause) {
    throw new Error('IP_PLACES names no database in the format of MaxMind', { cause })
  }
}

type Named = { names?: object } | undefined

/** Country, province and city as Chinese writes them, and the other way round in English. */
export const toPlace = (found: CityResponse | null): Place | null => {
  const parts: Named[] = [found?.country, found?.subdivisions?.[0], found?.city]
  const english = namesIn('en', parts)
  const chinese = namesIn('zh-CN', parts)
  if (english.length === 0) return null
  return {
    zh: (chinese.length > 0 ? chinese : english).join(' '),
    en: english.toReversed().join(', '),
  }
}

/** A municipality is both a province and a city: it is named once. */
const namesIn = (language: string, parts: Named[]): string[] => [
  ...new Set(
    parts.flatMap((part) => {
      const name: unknown = Reflect.get(part?.names ?? {}, language)
      return typeof name === 'string' && name !== '' ? [name] : []
    }),
  ),
]
