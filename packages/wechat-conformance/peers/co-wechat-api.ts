import Api from 'co-wechat-api'
import type { ClientSettings, ResilienceAdapter } from '../src/resilience/index.ts'
import { failureOfCode, failureOfErrcode } from './failures.ts'

/** A client of `baseUrl`: the package has no option for it, but its prefixes can be set. */
export const createApi = ({
  baseUrl,
  appid,
  secret,
}: Pick<ClientSettings, 'baseUrl' | 'appid' | 'secret'>) => {
  const api = new Api(appid, secret)
  api.prefix = `${baseUrl}/cgi-bin/`
  api.snsPrefix = `${baseUrl}/sns/`
  api.wxaPrefix = `${baseUrl}/wxa/`

  return api
}

/** co-wechat-api with its defaults. It has no phone numbers, content checks, user data or push. */
export const coWechatApi: ResilienceAdapter = {
  createClient: (settings) => {
    const api = createApi(settings)

    return {
      operations: {
        code2Session: ({ code }) => api.code2Session(code),
        callWithToken: () => api.removeMenu(),
        getWxaCodeUnlimit: async ({ scene }) => toFile(await api.getWXACodeUnlimit(scene)),
        sendSubscribeMessage: async ({ touser, template_id, data }) => {
          const values = Object.entries(data).map(([name, value]) => [name, { value }])
          const reply = await api.sendSubscribeMessage(
            touser,
            template_id,
            undefined,
            Object.fromEntries(values),
          )
          return { msgid: String(reply.msgid) }
        },
        sendCustomMessage: ({ touser, content }) => api.sendText(touser, content),
        getMedia: async ({ media_id }) => toFile(await api.getMedia(media_id)),
        uploadMedia: ({ filename, base64 }) =>
          api.uploadMedia(Buffer.from(base64, 'base64'), 'image', filename, 'image/jpeg'),
      },
    }
  },
  classify: (error) => {
    const { code, message } = error as { code?: unknown; message?: unknown }
    if (/^-?\d+$/.test(String(code))) return failureOfErrcode(Number(code))
    if (/status code: |JSON\.parse error/.test(String(message))) return 'bad_response'
    if (/Timeout/.test(String(message))) return 'unavailable'

    return failureOfCode(String(code))
  },
}

/** Only a Buffer is a file: the package returns text and JSON as well. */
const toFile = (file: unknown) => ({ bytes: Buffer.isBuffer(file) ? file.length : undefined })
