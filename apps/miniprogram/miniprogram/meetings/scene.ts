const PREFIX = 'm='
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
/** Sixteen bytes. */
const SHAPE = /^[A-Za-z0-9_-]{22}$/
const UUID = /^(.{8})(.{4})(.{4})(.{4})(.{12})$/

/**
 * The meeting that the page was opened for: a link has it as `id`, a mini-program code in its scene,
 * shortened, because a scene has at most 32 characters. Empty when there is none.
 */
export const meetingIn = ({ id = '', scene = '' }: Record<string, string | undefined>): string => {
  if (id) return decode(id)
  const decoded = decode(scene)

  return decoded.indexOf(PREFIX) === 0 ? uuidOf(decoded.slice(PREFIX.length)) : ''
}

const uuidOf = (text: string): string => {
  if (!SHAPE.test(text)) return ''
  const bits = text
    .split('')
    .map((letter) => LETTERS.indexOf(letter).toString(2).padStart(6, '0'))
    .join('')
  const hex = Array.from({ length: 32 }, (_, index) =>
    parseInt(bits.slice(index * 4, index * 4 + 4), 2).toString(16),
  )

  return hex.join('').replace(UUID, '$1-$2-$3-$4-$5')
}

/** The scene of some other code may be anything. */
const decode = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}
