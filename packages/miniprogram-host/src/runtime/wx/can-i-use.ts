import { BUILTINS } from '../components/builtins.ts'
import { camelCase } from '../plain.ts'

/**
 * The result of wx.canIUse for what this host supports, such as `login`,
 * `showModal.object.editable`, `button`, `button.open-type` or `button.open-type.chooseAvatar`.
 */
export const canIUse = (schema: string, methods: Set<string>): boolean => {
  const [name = '', attribute, value] = schema.split('.')
  if (methods.has(name)) return true
  const definition = BUILTINS[name]
  if (!definition) return false
  if (attribute === undefined) return true
  const property = camelCase(attribute)
  if (!(property in definition.properties)) return false
  const values = definition.values?.[property]
  return value === undefined || !values || values.includes(value)
}
