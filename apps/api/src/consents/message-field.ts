/** WeChat's bounds by the type of a field, the name without its number. */
const MAX_LENGTH: Readonly<Record<string, number>> = { thing: 20, character_string: 32 }
const NOTHING = '-'

/**
 * A value as WeChat accepts it in that field: what is too long is cut, what may not stand there is left
 * out. https://developers.weixin.qq.com/miniprogram/dev/server/API/mp-message-management/subscribe-message/api_sendmessage
 */
export const fieldText = (field: string, value: string | Date): string => {
  if (value instanceof Date) return beijingTime(value)
  const type = field.replace(/(?<!\d)\d+$/, '')
  const allowed = value.replaceAll(type === 'character_string' ? NOT_IN_CODE : NOT_IN_TEXT, ' ')
  const characters = [...allowed.replaceAll(/\s+/g, ' ').trim()]
  const max = MAX_LENGTH[type] ?? characters.length
  return characters.length > max
    ? `${characters.slice(0, max - 1).join('')}…`
    : characters.join('') || NOTHING
}

const NOT_IN_TEXT = /\p{C}/gu
const NOT_IN_CODE = /[\p{C}\p{Script=Han}]/gu

const BEIJING = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

/** `2026年11月30日 18:05`, which fields of type time and date both accept. */
const beijingTime = (at: Date) => {
  const parts = Object.fromEntries(
    BEIJING.formatToParts(at).map(({ type, value }) => [type, value]),
  )
  return `${parts.year}年${parts.month}月${parts.day}日 ${parts.hour}:${parts.minute}`
}
