import { DISPLAY_LINES_FORMAT, DISPLAY_TEXT_FORMAT } from '@oa/contracts'

type WithFormats = { addFormat(name: string, check: (text: string) => boolean): unknown }

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/
const DATE = /^\d{4}-\d{2}-\d{2}$/
/** Control characters, lone surrogates, line separators, and what changes the direction of text. */
const HARMFUL = /[\p{Cc}\p{Cs}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u
/** Something that leaves ink: neither space, mark nor invisible. */
const VISIBLE = /[^\p{Z}\p{C}\p{M}\u115f\u1160\u2800\u3164\uffa0]/u

/** Characters without ink of their own: with them two names look alike. */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u
/**
 * Emoji sequences, in which such characters have a meaning: keycaps, three regional flags, and
 * pictographs with variation selectors, skin tones and joiners.
 * https://unicode.org/reports/tr51/#Emoji_Sequences
 */
const EMOJI_SEQUENCES =
  /[0-9#*]\ufe0f\u20e3|\u{1f3f4}\u{e0067}\u{e0062}(?:\u{e0065}\u{e006e}\u{e0067}|\u{e0073}\u{e0063}\u{e0074}|\u{e0077}\u{e006c}\u{e0073})\u{e007f}|\p{Extended_Pictographic}[\ufe0e\ufe0f]?\p{Emoji_Modifier}?(?:\u200d\p{Extended_Pictographic}[\ufe0e\ufe0f]?\p{Emoji_Modifier}?)*/gu

/**
 * Well-formed, without harmful or invisible characters, and with something to see unless it is empty.
 */
export const isDisplayText = (text: string) =>
  text === '' || (!HARMFUL.test(text) && VISIBLE.test(text) && !hasInvisible(text))

const hasInvisible = (text: string) =>
  INVISIBLE.test(text) && INVISIBLE.test(text.replace(EMOJI_SEQUENCES, ''))

/** Lines are empty or display text. */
export const isDisplayLines = (text: string) => text.split('\n').every(isDisplayText)

/** A day that there is. */
const isDate = (text: string) =>
  DATE.test(text) && new Date(`${text}T00:00:00.000Z`).toISOString().startsWith(text)

/** The formats of the contract, each in linear time. */
export const addTextFormats = (ajv: WithFormats) => {
  ajv.addFormat('uuid', (text) => UUID.test(text))
  ajv.addFormat('date-time', (text) => INSTANT.test(text) && !Number.isNaN(Date.parse(text)))
  ajv.addFormat('date', isDate)
  ajv.addFormat(DISPLAY_TEXT_FORMAT, isDisplayText)
  ajv.addFormat(DISPLAY_LINES_FORMAT, isDisplayLines)
}
