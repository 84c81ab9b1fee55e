const DAY =
  '(\\d{4}年\\d{1,2}月(\\d{1,2}日)?|\\d{1,2}月\\d{1,2}日|(\\d{4}[-/.])?\\d{1,2}[-/.]\\d{1,2}|\\d{4}[-/.]\\d{1,2})'
const TIME = '([01]?\\d|2[0-3]):[0-5]\\d(:[0-5]\\d)?'
const range = (moment: string) => new RegExp(`^${moment}(\\s*~\\s*${moment})?$`)

// https://developers.weixin.qq.com/miniprogram/dev/server/API/mp-message-management/subscribe-message/api_sendmessage
const PATTERNS: Readonly<Record<string, RegExp>> = {
  thing: /^[^\p{Cc}]{1,20}$/u,
  number: /^-?\d{1,32}(\.\d+)?$/,
  letter: /^[A-Za-z]{1,32}$/,
  symbol: /^[^\p{L}\p{N}\p{Cc}]{1,5}$/u,
  character_string: /^[^\p{Script=Han}\p{Cc}]{1,32}$/u,
  time: range(`(${DAY}\\s*)?${TIME}`),
  date: range(`${DAY}(\\s*${TIME})?`),
  amount: /^[^\d\s\p{Cc}]?\d{1,10}(\.\d+)?元?$/u,
  phone_number: /^[^\p{L}\p{Cc}]{1,17}$/u,
  car_number: /^[\p{Script=Han}A-Za-z0-9][A-Za-z0-9]{0,6}[\p{Script=Han}A-Za-z0-9]?$/u,
  name: /^([^\d\p{Cc}]{1,10}|[^\d\p{Script=Han}\p{Cc}]{1,20})$/u,
  phrase: /^\p{Script=Han}{1,5}$/u,
}

/** What is wrong with the value of a template's field; its type is its name without the number. */
export const findFieldProblem = (
  field: string,
  value: unknown,
): 'is empty' | 'invalid' | undefined => {
  if (value === undefined || value === null || value === '') return 'is empty'
  const pattern = PATTERNS[field.replace(/\d+$/, '')]
  const fits = typeof value === 'string' && value.trim() !== '' && (pattern?.test(value) ?? true)

  return fits ? undefined : 'invalid'
}
