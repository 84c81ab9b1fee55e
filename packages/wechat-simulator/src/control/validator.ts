import type { ErrorObject, ValidateFunction } from 'ajv'
import { Ajv } from 'ajv'
import type { FastifySchemaCompiler } from 'fastify'
import { ControlError } from './control-error.ts'

// Shared by all simulators of a process, and built when first needed: a start costs next to nothing.
const ajv = new Ajv({ strict: false })
const compiled = new WeakMap<object, ValidateFunction>()

/** Checks values against JSON Schemas; what is wrong is named, nothing is changed. */
export const compileLazily: FastifySchemaCompiler<object> =
  ({ schema, httpPart }) =>
  (value) => {
    const validate = compiled.get(schema) ?? ajv.compile(schema)
    compiled.set(schema, validate)
    if (validate(value)) return { value }

    return { error: new ControlError(400, `${httpPart}${describe(validate.errors?.[0])}`) }
  }

const describe = (error: ErrorObject | undefined) => {
  const { instancePath = '', message = 'is wrong', params = {} } = error ?? {}
  const { additionalProperty } = params as { additionalProperty?: string }
  const name = additionalProperty === undefined ? '' : `: ${additionalProperty}`

  return `${instancePath} ${message}${name}`
}
