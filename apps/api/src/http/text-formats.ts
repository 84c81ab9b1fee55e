import { DISPLAY_TEXT_FORMAT } from '@oa/contracts'

type WithFormats = { addFormat(name: string, check: (text: string) => boolean): unknown }

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/
/** Control characters, lone surrogates, line separators, and what changes the direction of text. */
const HARMFUL = /[\p{Cc}\p{Cs}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u
/** Something that leaves ink: neither space, mark nor invisible. */
const VISIBLE = /[^\p{Z}\p{C}\p{M}\u115f\u1160\u2800\u3164\uffa0]/u

/** Well-formed, without harmful characters, and with something to see unless it is empty. */
export const isDisplayText = (text: string) =>
  !HARMFUL.test(text) && (text === '' || VISIBLE.test(text))

/** The formats of the contract, each in linear time. */
export const addTextFormats = (ajv: WithFormats) => {
  ajv.addFormat('uuid', (text) => UUID.test(text))
  ajv.addFormat('date-time', (text) => INSTANT.test(text) && !Number.isNaN(Date.parse(text)))
  ajv.addFormat(DISPLAY_TEXT_FORMAT, isDisplayText)
}
