import type { CallOptions } from '../call/call-options.ts'
import type { WeChatClient } from '../client.ts'
import { WeChatError } from '../errors.ts'
import type { HttpResponse } from '../transport/exchange.ts'
import { parseReply } from '../transport/reply.ts'

/** A picture as WeChat sends it. */
export type CodeImage = { contentType: string; data: Buffer }

export type CodeStyle = {
  /** 280 to 1280 pixels; 430 by default. */
  width?: number
  isHyaline?: boolean
  lineColor?: { r: number; g: number; b: number }
  envVersion?: 'release' | 'trial' | 'develop'
}

export type UnlimitedCode = CodeStyle & {
  /** What the page receives as `scene`: at most 32 characters of `0-9A-Za-z!#$&'()*+,/:;=?@-._~`. */
  scene: string
  /** Without a leading slash and without a query; the main page by default. */
  page?: string
  /** False allows a page that is not published yet. */
  checkPath?: boolean
}

export type QrCodes = {
  /**
   * A mini-program code. Their number is unlimited.
   * https://developers.weixin.qq.com/miniprogram/dev/server/API/qrcode-link/qr-code/api_getunlimitedqrcode
   */
  getWxaCodeUnlimit(code: UnlimitedCode, options?: CallOptions): Promise<CodeImage>
  /** A mini-program code whose path has a query. At most 100 000 in total, with createWxaQrCode. */
  getWxaCode(code: CodeStyle & { path: string }, options?: CallOptions): Promise<CodeImage>
  /** A square QR code. At most 100 000 in total, with getWxaCode. */
  createWxaQrCode(code: { path: string; width?: number }, options?: CallOptions): Promise<CodeImage>
}

export const createQrCodes = ({ send }: Pick<WeChatClient, 'send'>): QrCodes => {
  const draw = (path: string, body: object, { signal }: CallOptions = {}) =>
    send({
      method: 'POST',
      path,
      query: {},
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      decode: (response) => toImage(path, response),
      maxResponseBytes: MAX_IMAGE_BYTES,
      signal,
    })

  return {
    getWxaCodeUnlimit: async ({ scene, page, checkPath, ...style }, options) => {
      if (!SCENE.test(scene)) throw new TypeError('scene must be 1 to 32 of the allowed characters')
      if (page !== undefined && /^\/|\?/.test(page)) {
        throw new TypeError('page must have neither a leading slash nor a query')
      }
      const body = { scene, page, check_path: checkPath, ...toFields(style) }
      return draw('/wxa/getwxacodeunlimit', body, options)
    },
    getWxaCode: ({ path, ...style }, options) =>
      draw('/wxa/getwxacode', { path, ...toFields(style) }, options),
    createWxaQrCode: (code, options) => draw('/cgi-bin/wxaapp/createwxaqrcode', code, options),
  }
}

const SCENE = /^[0-9A-Za-z!#$&'()*+,/:;=?@\-._~]{1,32}$/
const MAX_IMAGE_BYTES = 4_194_304

// JSON leaves out what is undefined.
const toFields = ({ width, isHyaline, lineColor, envVersion }: CodeStyle) => ({
  width,
  is_hyaline: isHyaline,
  line_color: lineColor,
  auto_color: lineColor && false,
  env_version: envVersion,
})

const toImage = (path: string, { body }: HttpResponse): CodeImage => {
  const contentType = imageTypeOf(body)
  if (contentType) return { contentType, data: body }
  parseReply(path, body)

  throw new WeChatError('bad_response', `${path}: the answer is not an image`)
}

/** The media type by the first bytes, because WeChat also labels errors as pictures. */
const imageTypeOf = (body: Buffer): string | null =>
  Object.entries(BEGINNINGS).find(([, bytes]) =>
    body.subarray(0, bytes.length).equals(bytes),
  )?.[0] ?? null

const BEGINNINGS: Record<string, Buffer> = {
  'image/jpeg': Buffer.from([0xff, 0xd8, 0xff]),
  'image/png': Buffer.from([0x89, 0x50, 0x4e, 0x47]),
  'image/gif': Buffer.from('GIF8'),
}
