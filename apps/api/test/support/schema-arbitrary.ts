import fc from 'fast-check'

/** What the OpenAPI document says about a value, as far as it is used there. */
export type JsonSchema = {
  type?: string
  enum?: readonly unknown[]
  const?: unknown
  anyOf?: readonly JsonSchema[]
  properties?: Record<string, JsonSchema>
  required?: readonly string[]
  additionalProperties?: boolean | JsonSchema
  maxProperties?: number
  items?: JsonSchema
  pattern?: string
  format?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
}

/**
 * Plain values are accepted; so are those at the limit, with every field and the longest texts. Wild ones
 * go beyond, and now and then something else stands in their place.
 */
export type Kind = (typeof KINDS)[number]
export const KINDS = ['plain', 'limit', 'wild'] as const

/** Those that RFC 3339 can write. */
const YEARS = {
  min: new Date('0000-01-01T00:00:00Z'),
  max: new Date('9999-12-31T23:59:59Z'),
  noInvalidDate: true,
}

const UNUSUAL = [
  '',
  ' ',
  '\0',
  '\ud800',
  '😀'.repeat(63),
  '\u202e\u200b',
  "'; DROP TABLE wx_user; --",
  '%_\\"`',
  '__proto__',
  'ﷺ'.repeat(63),
]

/** fast-check maps all characters of a unit back each time that it makes strings of it; these it maps once. */
const characterOf = (unit: 'grapheme-ascii' | 'grapheme-composite' | 'binary') =>
  fc.string({ unit, minLength: 1, maxLength: 1 })
const UNITS = {
  ascii: characterOf('grapheme-ascii'),
  composite: characterOf('grapheme-composite'),
  binary: characterOf('binary'),
}

const text = ({ pattern, format, minLength = 0, maxLength = 100 }: JsonSchema, kind: Kind) => {
  if (format === 'uuid') return fc.uuid()
  if (format === 'date' && kind !== 'wild') {
    return fc.date(YEARS).map((date) => date.toISOString().slice(0, 'yyyy-mm-dd'.length))
  }
  if (format === 'date-time' && kind !== 'wild') {
    return fc.date(YEARS).map((date) => date.toISOString())
  }
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern))
  const sizes = { minLength, maxLength: Math.min(maxLength, 300) }
  if (kind === 'plain') return fc.string({ unit: UNITS.ascii, ...sizes })
  if (kind === 'limit') return fc.constantFrom('x'.repeat(maxLength), '😀'.repeat(maxLength))
  return fc.oneof(
    { weight: 4, arbitrary: fc.string({ unit: UNITS.composite, ...sizes }) },
    { weight: 1, arbitrary: fc.string({ unit: UNITS.binary, ...sizes }) },
    { weight: 1, arbitrary: fc.constant('x'.repeat(maxLength)) },
    { weight: 1, arbitrary: fc.constant('x'.repeat(maxLength + 1)) },
    { weight: 1, arbitrary: fc.constantFrom(...UNUSUAL) },
  )
}

const record = (schema: JsonSchema, kind: Kind): fc.Arbitrary<unknown> => {
  const { properties = {}, required = [], additionalProperties, maxProperties } = schema
  if (typeof additionalProperties === 'object') {
    const keys = fc.string({ minLength: 1, maxLength: 12 })
    return fc.dictionary(keys, valuesFor(additionalProperties, kind), {
      maxKeys: (maxProperties ?? 20) + Number(kind === 'wild'),
    })
  }
  const values = Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [name, valuesFor(property, kind)]),
  )
  return fc.record(values, {
    requiredKeys: kind === 'limit' ? Object.keys(values) : [...required],
  })
}

const whole = (
  { minimum = Number.MIN_SAFE_INTEGER, maximum = Number.MAX_SAFE_INTEGER }: JsonSchema,
  kind: Kind,
) =>
  kind === 'wild'
    ? fc.maxSafeInteger()
    : fc.maxSafeInteger().map((n) => within(n, minimum, maximum))

const within = (number: number, minimum: number, maximum: number) =>
  Math.min(Math.max(number, minimum), maximum)

const rightValuesFor = (schema: JsonSchema, kind: Kind): fc.Arbitrary<unknown> => {
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  if (schema.anyOf !== undefined)
    return fc.oneof(...schema.anyOf.map((one) => valuesFor(one, kind)))
  switch (schema.type) {
    case 'string':
      return text(schema, kind)
    case 'object':
      return record(schema, kind)
    case 'array':
      return fc.array(valuesFor(schema.items ?? {}, kind), { maxLength: 30 })
    case 'null':
      return fc.constant(null)
    case 'boolean':
      return fc.boolean()
    case 'integer':
      return whole(schema, kind)
    case 'number':
      return fc.double()
    default:
      throw new Error(`no values for the schema ${JSON.stringify(schema)}`)
  }
}

/** Values of this kind for a schema. */
export const valuesFor = (schema: JsonSchema, kind: Kind): fc.Arbitrary<unknown> => {
  const right = rightValuesFor(schema, kind)
  if (kind !== 'wild') return right
  return fc.oneof(
    { weight: 15, arbitrary: right },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  )
}
