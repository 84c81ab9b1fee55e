export type Licensed = { name: string; license?: unknown; licenses?: unknown }

/** Those under which this project may use and ship a package unchanged. */
const ALLOWED =
  /^(?:MIT|ISC|Apache-2\.0|Apache 2\.0|Apache2|BSD-[23]-Clause|0BSD|BlueOak-1\.0\.0|Unlicense|CC0-1\.0|Zlib|WTFPL|Python-2\.0|MPL-2\.0|LGPL-[\d.]+-or-later)$/
/** Whose package.json says nothing: their LICENSE is that of MIT, or their README says so. */
const SAID_ELSEWHERE = new Set(['exif-parser', 'humanize-number', 'only', 'seq-queue'])
/** A part of Prisma's command line that we neither load nor ship. */
const NOT_SHIPPED = new Set(['elkjs'])

/** Installed packages under a licence that nobody has looked at. */
export const checkLicences = (packages: Iterable<Licensed>): string[] =>
  [...packages].flatMap(({ name, license, licenses }) => {
    if (SAID_ELSEWHERE.has(name) || NOT_SHIPPED.has(name)) return []
    const texts = textsOf(license ?? licenses)
    return texts.length > 0 && texts.every(isAllowed)
      ? []
      : [`${name} has the licence ${texts.join(', ') || '(none)'}: see supply/licences.ts`]
  })

/** `(MIT OR GPL-2.0)` is allowed by one of them, `MIT AND Zlib` only by both. */
const isAllowed = (expression: string): boolean => {
  const plain = expression.replace(/^\((.*)\)$/, '$1')
  if (/ or /i.test(plain)) return plain.split(/ or /i).some(isAllowed)
  return plain.split(/ and /i).every((one) => ALLOWED.test(one.trim()))
}

const textsOf = (license: unknown): string[] => {
  if (Array.isArray(license)) return license.flatMap(textsOf)
  if (typeof license === 'string') return [license]
  if (typeof license !== 'object' || license === null) return []
  return textsOf(Reflect.get(license, 'type'))
}
