const PATTERNS: Readonly<Record<string, RegExp>> = {
  thing: /^.{1,20}$/su,
  number: /^-?\d{1,32}(\.\d{1,2})?$/,
  letter: /^[A-Za-z]{1,32}$/,
  symbol: /^[^\p{L}\p{N}]{1,5}$/u,
  character_string: /^[\x20-\x7e]{1,32}$/,
  time: /\d{1,2}:\d{2}/,
  date: /\d{4}\D\d{1,2}\D\d{1,2}/,
  amount: /^\D{0,3}\d{1,10}(\.\d{1,2})?\D{0,2}$/,
  phone_number: /^[\d\-+ ()]{1,17}$/,
  car_number: /^.{1,8}$/su,
  name: /^(\p{Script=Han}{1,10}|[\x20-\x7e]{1,20})$/u,
  phrase: /^\p{Script=Han}{1,5}$/u,
}

/** Whether a value may stand in a template's field; the kind is the field's name less its number. */
export const isFieldValue = (field: string, value: unknown) => {
  const kind = field.replace(/\d+$/, '')
  return typeof value === 'string' && value.trim() !== '' && (PATTERNS[kind]?.test(value) ?? true)
}
