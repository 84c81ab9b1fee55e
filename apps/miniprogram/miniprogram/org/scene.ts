const PREFIX = 'i='

/**
 * The invitation by which the page was opened: a card has it as `i`, a mini-program code in its scene,
 * which WeChat hands over encoded. Empty when there is none.
 * https://developers.weixin.qq.com/miniprogram/dev/server/API/qrcode-link/qr-code/api_getunlimitedqrcode
 */
export const invitationIn = ({
  i = '',
  scene = '',
}: Record<string, string | undefined>): string => {
  if (i) return i
  const decoded = decode(scene)
  return decoded.indexOf(PREFIX) === 0 ? decoded.slice(PREFIX.length) : ''
}

/** The scene of some other code may be anything. */
const decode = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}
