import type { FastifySchemaValidationError } from 'fastify'

const MAX_NAME_LENGTH = 40

/** What is wrong with a request, in a sentence that names the field and never repeats its value. */
export const describeInvalid = (errors: readonly FastifySchemaValidationError[]): string => {
  const [error] = errors
  return `参数错误：${error === undefined ? '格式不对' : describe(error)}`
}

const describe = ({ keyword, instancePath, params }: FastifySchemaValidationError): string => {
  const field = fieldOf(instancePath)
  switch (keyword) {
    case 'additionalProperties':
      return `不认识的字段 ${nameIn(field, params.additionalProperty)}`
    case 'required':
      return `缺少字段 ${nameIn(field, params.missingProperty)}`
    case 'type':
      return `${field || '请求内容'} 的类型不对`
    case 'minLength':
      return `${field} 太短`
    case 'maxLength':
      return `${field} 太长，最多 ${String(params.limit)} 个字符`
    default:
      return `${field || '请求内容'} 的格式不对`
  }
}

const fieldOf = (instancePath: string) => instancePath.slice(1).replaceAll('/', '.')

const nameIn = (field: string, name: unknown) => {
  const shown = printable(String(name))
  return field === '' ? shown : `${field}.${shown}`
}

/** Names come from outside: only what can do no harm in a sentence, a log or a page is repeated. */
const printable = (name: string) => name.slice(0, MAX_NAME_LENGTH).replace(/[^\w.$-]/g, '?')
