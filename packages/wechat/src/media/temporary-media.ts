import { randomUUID } from 'node:crypto'
import { Type } from 'typebox'
import type { CallOptions } from '../call/call-options.ts'
import type { WeChatClient } from '../client.ts'
import { checkReply, decodeReply } from '../transport/decode.ts'
import type { HttpResponse } from '../transport/exchange.ts'
import { headerOf } from '../transport/exchange.ts'
import { parseReply } from '../transport/reply.ts'

export type MediaFile = { contentType: string; data: Buffer }

export type TemporaryMedia = {
  /**
   * Stores a picture at WeChat for 3 days, for customer-service messages; at most 10 MB.
   * https://developers.weixin.qq.com/miniprogram/dev/server/API/kf-mgnt/kf-message/api_uploadtempmedia
   */
  uploadMedia(
    file: MediaFile & { filename: string },
    options?: CallOptions,
  ): Promise<{ mediaId: string; createdAt: Date }>
  /** A picture that a user sent to customer service, or that was uploaded. */
  getMedia(mediaId: string, options?: CallOptions): Promise<MediaFile>
}

export const createTemporaryMedia = ({ send }: Pick<WeChatClient, 'send'>): TemporaryMedia => ({
  uploadMedia: async ({ filename, contentType, data }, { signal } = {}) => {
    const boundary = `----${randomUUID()}`
    const reply = await send({
      method: 'POST',
      path: UPLOAD_PATH,
      query: { type: 'image' },
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
      body: toMultipart(boundary, filename, contentType, data),
      decode: decodeReply(UPLOAD_PATH),
      budgetMs: TRANSFER_MS,
      signal,
    })

    const { media_id, created_at } = checkReply(UPLOAD_PATH, UploadReply, reply)

    return { mediaId: media_id, createdAt: new Date(created_at * 1_000) }
  },
  getMedia: (mediaId, { signal } = {}) =>
    send({
      method: 'GET',
      path: GET_PATH,
      query: { media_id: mediaId },
      decode: toMediaFile,
      maxResponseBytes: MAX_MEDIA_BYTES,
      budgetMs: TRANSFER_MS,
      signal,
    }),
})

const UPLOAD_PATH = '/cgi-bin/media/upload'
const GET_PATH = '/cgi-bin/media/get'
const MAX_MEDIA_BYTES = 10_485_760
const TRANSFER_MS = 30_000

const UploadReply = Type.Object({
  media_id: Type.String({ minLength: 1, maxLength: 512 }),
  created_at: Type.Integer(),
})

// Built whole in memory: WeChat requires a Content-Length and refuses chunked bodies.
const toMultipart = (boundary: string, filename: string, contentType: string, data: Buffer) => {
  if (!/^[\w.+-]+\/[\w.+-]+$/.test(contentType))
    throw new TypeError('contentType is not a media type')
  const name = filename.replaceAll(/["\\\r\n]/g, '_')
  const head = [
    `--${boundary}`,
    `content-disposition: form-data; name="media"; filename="${name}"`,
    `content-type: ${contentType}`,
    '',
    '',
  ].join('\r\n')

  return Buffer.concat([Buffer.from(head), data, Buffer.from(`\r\n--${boundary}--\r\n`)])
}

const toMediaFile = (response: HttpResponse): MediaFile => {
  const { headers, body } = response
  const contentType = headerOf(response, 'content-type')
  // Errors are JSON under any media type; a file has a name or an image type, and never begins with {.
  const isLabelled = 'content-disposition' in headers || contentType.startsWith('image/')
  if (!isLabelled || body.length === 0 || body[0] === BRACE) parseReply(GET_PATH, body)

  return { contentType, data: body }
}

const BRACE = 0x7b
