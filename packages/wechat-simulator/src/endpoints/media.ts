import { WeChatError } from '../platform/wechat-error.ts'
import { authorize, getWithToken } from './authorize.ts'
import type { Endpoint, WeChatRequest } from './endpoint.ts'
import { BinaryReply } from './endpoint.ts'

const UPLOAD = '/cgi-bin/media/upload'
const IMAGE_TYPE = /^image\/[a-z+.-]{1,20}$/
const MAX_IMAGE = 2 * 1024 * 1024

/** Keeps a picture for three days. */
export const mediaUpload: Endpoint = {
  method: 'POST',
  path: UPLOAD,
  handle: async (request, platform) => {
    const { app } = authorize(UPLOAD, request, platform)
    const { type } = request.query
    if (type !== 'image') throw new WeChatError(40004)
    const file = await readFile(request)
    if (file.size > MAX_IMAGE) throw new WeChatError(40009)
    const body = Buffer.from(await file.arrayBuffer())
    const contentType = IMAGE_TYPE.test(file.type) ? file.type : 'image/png'
    const media_id = platform.media.put({ appid: app.appid, contentType, body })

    return { type, media_id, created_at: Math.floor(platform.clock.now() / 1000) }
  },
}

/** The picture as it was uploaded. */
export const mediaGet = getWithToken('/cgi-bin/media/get', ({ app, platform, request }) => {
  const mediaId = request.query.media_id ?? ''
  const media = platform.media.get(mediaId)
  if (media?.appid !== app.appid) throw new WeChatError(40007)

  return new BinaryReply(media.contentType, media.body, `${mediaId.slice(0, 16)}.png`)
})

const readFile = async ({ body, headers }: WeChatRequest): Promise<File> => {
  const type = headers['content-type']
  const form = await new Response(new Uint8Array(body), {
    headers: { 'content-type': typeof type === 'string' ? type : '' },
  })
    .formData()
    .catch(() => undefined)
  const file = form?.get('media')
  if (!(file instanceof File)) throw new WeChatError(41005)

  return file
}
