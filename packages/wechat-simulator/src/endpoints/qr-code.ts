import QRCode from 'qrcode'
import { WeChatError } from '../platform/wechat-error.ts'
import { hasPage, requireText, requireTypes } from './arguments.ts'
import type { AuthorizedCall, JsonBody } from './authorize.ts'
import { postWithToken } from './authorize.ts'
import { BinaryReply } from './endpoint.ts'

const SCENE_LENGTH = 32
const SCENE_CHARACTERS = /^[0-9A-Za-z!#$&'()*+,/:;=?@\-._~]*$/
const VERSIONS: readonly unknown[] = [undefined, null, 'release', 'trial', 'develop']
const RESERVED = 'scancode_time'
/** How many bytes a QR code holds at error correction level M. */
const MOST_BYTES = 2331
const WIDTH = { default: 430, min: 280, max: 1280 }
const TYPES = {
  scene: 'string',
  page: 'string',
  path: 'string',
  check_path: 'boolean',
  env_version: 'string',
  width: 'number',
  auto_color: 'boolean',
  line_color: 'object',
  is_hyaline: 'boolean',
} as const

/** Any number of codes, each for a scene. https://developers.weixin.qq.com/miniprogram/dev/server/API/qrcode-link/qr-code/api_getunlimitedqrcode */
export const getWxaCodeUnlimited = postWithToken(
  '/wxa/getwxacodeunlimit',
  (call, body) => {
    const { errcodes } = call.platform.settings
    requireTypes(body, TYPES)
    const scene = requireText(body.scene, 40169, SCENE_LENGTH)
    if (!SCENE_CHARACTERS.test(scene)) throw new WeChatError(40129)
    if (!VERSIONS.includes(body.env_version)) throw new WeChatError(40097)
    requirePage(call, body)
    if (!isCounted(call, body)) throw new WeChatError(errcodes.tooManyPages)

    return draw(scene, body)
  },
  40169,
)

/** A code for a page; 100 000 in total, createwxaqrcode included. https://developers.weixin.qq.com/miniprogram/dev/server/API/qrcode-link/qr-code/api_getqrcode */
export const getWxaCode = postWithToken(
  '/wxa/getwxacode',
  (call, body) => drawPath(call, body, (path) => path.length <= 1024),
  40159,
)

/** The older square form of getwxacode. https://developers.weixin.qq.com/miniprogram/dev/server/API/qrcode-link/qr-code/api_createqrcode */
export const createWxaQrCode = postWithToken(
  '/cgi-bin/wxaapp/createwxaqrcode',
  (call, body) => drawPath(call, body, (path) => Buffer.byteLength(path) <= 128),
  40159,
)

const requirePage = ({ app }: AuthorizedCall, { page, check_path }: JsonBody) => {
  if (page === undefined || page === null || page === '') {
    if (app.unpublished && check_path !== false) throw new WeChatError(41030)
    return
  }
  const path = requireText(page, 41030, 1024)
  if (path.includes(RESERVED)) throw new WeChatError(85096)
  if (path.startsWith('/') || path.includes('?')) throw new WeChatError(41030)
  if (check_path !== false && !hasPage(app, path)) throw new WeChatError(41030)
}

/** Unchecked pages are limited in number instead. */
const isCounted = ({ app, platform }: AuthorizedCall, { page, check_path }: JsonBody) =>
  check_path !== false || typeof page !== 'string' || platform.codeLimits.takePage(app.appid, page)

const drawPath = async (
  { app, platform }: AuthorizedCall,
  body: JsonBody,
  isShort: (path: string) => boolean,
) => {
  requireTypes(body, TYPES)
  const path = requireText(body.path, 40159)
  if (!isShort(path)) throw new WeChatError(40159)
  if (path.includes(RESERVED)) throw new WeChatError(85096)
  if (!VERSIONS.includes(body.env_version)) throw new WeChatError(40097)
  if (app.unpublished) throw new WeChatError(platform.settings.errcodes.codeOfUnpublished)
  const image = await draw(path, body)
  if (!platform.codeLimits.takeCode(app.appid)) throw new WeChatError(45029)

  return image
}

// A real code is round for getwxacode; here each is a QR code whose text is the scene or the path.
const draw = async (text: string, body: JsonBody) => {
  const width = body.width ?? WIDTH.default
  const isWidth = typeof width === 'number' && Number.isInteger(width)
  if (!isWidth || width < WIDTH.min || width > WIDTH.max) throw new WeChatError(40097)
  if (Buffer.byteLength(text) > MOST_BYTES) throw new WeChatError(40159)

  return new BinaryReply('image/png', await QRCode.toBuffer(text, { width, margin: 2 }))
}
