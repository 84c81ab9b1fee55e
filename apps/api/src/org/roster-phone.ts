const HOME = /^(?:\+?86-?)?(1[3-9]\d{9})$/
/** Where one code ends and the number begins, only its writer knows. */
const ABROAD = /^\+(\d{1,4})-(\d{4,14})$/

/** A number as people write it, spelled as bound ones are; null when it is none. */
export const readRosterPhone = (text: string): string | null => {
  const tidy = text.normalize('NFKC').trim()
  const home = HOME.exec(tidy.replaceAll(/[\s()-]/g, ''))
  if (home !== null) return `86-${home[1]}`
  const [, country = '', number = ''] =
    ABROAD.exec(
      tidy
        .replace(/^00/, '+')
        .replace(/[\s-]+/, '-')
        .replaceAll(/[\s()]/g, ''),
    ) ?? []
  return number === '' ? null : `${country}-${number}`
}
