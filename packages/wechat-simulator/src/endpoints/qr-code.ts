import QRCode from 'qrcode'
import { WeChatError } from '../platform/wechat-error.ts'
import { hasPage, requireText } from './arguments.ts'
import type { AuthorizedCall, JsonBody } from './authorize.ts'
import { postWithToken } from './authorize.ts'
import { BinaryReply } from './endpoint.ts'

const SCENE_LENGTH = 32
const SCENE_CHARACTERS = /^[0-9A-Za-z!#$&'()*+,/:;=?@\-._~]*$/
const VERSIONS: readonly unknown[] = [undefined, 'release', 'trial', 'develop']
/** What a QR code can hold with its usual error correction. */
const MOST_BYTES = 2331
const WIDTH = { default: 430, min: 280, max: 1280 }

/** Any number of codes, each for a scene. https://developers.weixin.qq.com/minigame/dev/api-backend/open-api/qr-code/wxacode.getUnlimited.html */
export const getWxaCodeUnlimited = postWithToken('/wxa/getwxacodeunlimit', (call, body) => {
  const { errcodes } = call.platform.settings
  const scene = requireText(body.scene, errcodes.sceneLength, SCENE_LENGTH)
  if (!SCENE_CHARACTERS.test(scene)) throw new WeChatError(errcodes.sceneCharacters)
  if (!VERSIONS.includes(body.env_version)) throw new WeChatError(40097)
  requirePublishedPage(call, body)

  return draw(scene, body)
})

/** A code for a page; with createwxaqrcode 100 000 for ever. */
export const getWxaCode = postWithToken('/wxa/getwxacode', (call, body) =>
  drawPath(call, body, 1024),
)

/** The older square form of getwxacode. */
export const createWxaQrCode = postWithToken('/cgi-bin/wxaapp/createwxaqrcode', (call, body) =>
  drawPath(call, body, 128),
)

const requirePublishedPage = ({ app }: AuthorizedCall, { page, check_path }: JsonBody) => {
  if (page === undefined) return
  const path = requireText(page, 41030, 1024)
  if (path.startsWith('/') || path.includes('?')) throw new WeChatError(41030)
  if (check_path !== false && !hasPage(app, path)) throw new WeChatError(41030)
}

const drawPath = async ({ app, platform }: AuthorizedCall, body: JsonBody, maxLength: number) => {
  const path = requireText(body.path, 40159, maxLength)
  const image = await draw(path, body)
  if (!platform.permanentCodes.take(app.appid)) throw new WeChatError(45029)

  return image
}

// A real code is round for getwxacode; here each is a QR code whose text is the scene or the path.
const draw = async (text: string, { width = WIDTH.default }: JsonBody) => {
  const isWidth = typeof width === 'number' && Number.isInteger(width)
  if (!isWidth || width < WIDTH.min || width > WIDTH.max) throw new WeChatError(40097)
  if (Buffer.byteLength(text) > MOST_BYTES) throw new WeChatError(40159)

  return new BinaryReply('image/png', await QRCode.toBuffer(text, { width, margin: 2 }))
}
