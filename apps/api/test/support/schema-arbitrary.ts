import fc from 'fast-check'

/** What the OpenAPI document says about a value, as far as it is used there. */
export type JsonSchema = {
  type?: string
  enum?: readonly unknown[]
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

const text = ({ pattern, format, minLength = 0, maxLength = 100 }: JsonSchema, isWild: boolean) => {
  if (format === 'uuid') return fc.uuid()
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern))
  const sizes = { minLength, maxLength: Math.min(maxLength, 300) }
  if (!isWild) return fc.string({ unit: 'grapheme-ascii', ...sizes })
  return fc.oneof(
    { weight: 4, arbitrary: fc.string({ unit: 'grapheme-composite', ...sizes }) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', ...sizes }) },
    { weight: 1, arbitrary: fc.constant('x'.repeat(maxLength)) },
    { weight: 1, arbitrary: fc.constant('x'.repeat(maxLength + 1)) },
    { weight: 1, arbitrary: fc.constantFrom(...UNUSUAL) },
  )
}

const record = (schema: JsonSchema, isWild: boolean): fc.Arbitrary<unknown> => {
  const { properties = {}, required = [], additionalProperties, maxProperties } = schema
  if (typeof additionalProperties === 'object') {
    const keys = fc.string({ minLength: 1, maxLength: 12 })
    return fc.dictionary(keys, valuesFor(additionalProperties, isWild), {
      maxKeys: (maxProperties ?? 20) + Number(isWild),
    })
  }
  const values = Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [name, valuesFor(property, isWild)]),
  )
  return fc.record(values, { requiredKeys: [...required] })
}

const rightValuesFor = (schema: JsonSchema, isWild: boolean): fc.Arbitrary<unknown> => {
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  if (schema.anyOf !== undefined)
    return fc.oneof(...schema.anyOf.map((one) => valuesFor(one, isWild)))
  switch (schema.type) {
    case 'string':
      return text(schema, isWild)
    case 'object':
      return record(schema, isWild)
    case 'array':
      return fc.array(valuesFor(schema.items ?? {}, isWild), { maxLength: 30 })
    case 'boolean':
      return fc.boolean()
    case 'integer':
      return fc.maxSafeInteger()
    case 'number':
      return fc.double()
    default:
      throw new Error(`no values for the schema ${JSON.stringify(schema)}`)
  }
}

/**
 * Values that a schema accepts; wild ones are at its limits and beyond, and now and then something else
 * stands in their place.
 */
export const valuesFor = (schema: JsonSchema, isWild: boolean): fc.Arbitrary<unknown> => {
  const right = rightValuesFor(schema, isWild)
  if (!isWild) return right
  return fc.oneof(
    { weight: 15, arbitrary: right },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  )
}
