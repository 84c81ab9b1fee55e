import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ServerRequest from 'node-easywechat/dist/Core/Http/ServerRequest.js'
import type HttpClientResponse from 'node-easywechat/dist/Core/HttpClient/HttpClientResponse.js'
// The package's own entry does not load: a dependency has lost a file that another part needs.
import MiniApp from 'node-easywechat/dist/MiniApp/Application.js'
import type { ClientSettings, Operations, ResilienceAdapter } from '../src/resilience/index.ts'
import { failureOfCode, failureOfErrcode } from './failures.ts'

type Settings = Pick<ClientSettings, 'baseUrl' | 'appid' | 'secret'> & {
  push?: ClientSettings['push']
  stable?: boolean
  /** Where the package keeps the access_token, in a file by default. */
  folder: string
}

export const createApp = ({ baseUrl, appid, secret, push, stable = false, folder }: Settings) =>
  new MiniApp({
    app_id: appid,
    secret,
    token: push?.token ?? '',
    // The package needs a key even in plain mode, and supports only one.
    aes_key: push?.encodingAESKeys[0] ?? 'x'.repeat(43),
    use_stable_access_token: stable,
    http: { baseURL: `${baseUrl}/` },
    file_cache: { path: folder, dirMode: 0o700, fileMode: 0o600, ext: '.cache' },
  })

type App = InstanceType<typeof MiniApp>
type Reply = Record<string, unknown>

/** An errcode in an answer, which the package leaves to its caller. */
class Refusal extends Error {
  readonly errcode: number

  constructor({ errcode, errmsg }: Reply) {
    super(String(errmsg))
    this.errcode = Number(errcode)
  }
}

/** The content of an answer, checked by the package's own means and for an errcode. */
const read = (response: HttpClientResponse): Reply => {
  if (response.isFailed()) throw new Refusal({ errcode: response.getStatusCode() })
  const reply: Reply = response.toObject()
  if (reply.errcode) throw new Refusal(reply)

  return reply
}

const post = async (app: App, path: string, json: object) =>
  read(await app.getClient().postJson(path, json))

/** The bytes of a file as the package saves it. */
const save = async (response: HttpClientResponse, folder: string) => {
  const path = response.saveAs(join(folder, 'file'))

  return { bytes: (await readFile(path)).length }
}

/** WeChat's messages as the package passes them to the application. */
export const receive = async (
  settings: Settings,
  { query, headers, body }: Operations['receivePush'],
  method = 'POST',
) => {
  const messages: Reply[] = []
  // One application for one request: a second push would be decrypted twice.
  const app = createApp(settings)
  const url = `/push?${new URLSearchParams(query)}`
  app.setRequest(new ServerRequest(method, url, headers, body))
  const server = app.getServer()
  server.with(async (message, next) => {
    messages.push(message.toObject() as Reply)
    return next?.(message)
  })
  const answer = await server.serve()

  return { status: answer.getStatusCode(), body: String(answer.getBody()), messages }
}

/** node-easywechat with its defaults; errcodes are checked as an application would. */
export const nodeEasyWechat: ResilienceAdapter = {
  createClient: async (given) => {
    const folder = await mkdtemp(join(tmpdir(), 'node-easywechat-'))
    const settings = { ...given, folder }
    const app = createApp(settings)
    const client = app.getClient()
    const binary = { responseType: 'arraybuffer' as const }

    return {
      operations: {
        code2Session: ({ code }) => app.getUtils().codeToSession(code),
        getPhoneNumber: async ({ code }) =>
          (await post(app, 'wxa/business/getuserphonenumber', { code })).phone_info,
        callWithToken: async () => read(await client.get('wxa/ping')),
        checkText: async ({ openid, scene, content }) =>
          (await post(app, 'wxa/msg_sec_check', { version: 2, openid, scene, content })).result,
        getWxaCodeUnlimit: async ({ scene }) =>
          save(await client.postJson('wxa/getwxacodeunlimit', { scene }, binary), folder),
        sendSubscribeMessage: ({ data, ...message }) => {
          const values = Object.entries(data).map(([name, value]) => [name, { value }])
          const body = { ...message, data: Object.fromEntries(values) }
          return post(app, 'cgi-bin/message/subscribe/send', body)
        },
        sendCustomMessage: ({ touser, content }) =>
          post(app, 'cgi-bin/message/custom/send', { touser, msgtype: 'text', text: { content } }),
        getMedia: async ({ media_id }) =>
          save(await client.get('cgi-bin/media/get', { params: { media_id }, ...binary }), folder),
        uploadMedia: async ({ base64 }) => {
          const path = join(folder, 'a.jpg')
          await writeFile(path, base64, 'base64')
          const upload = client.withFile(path, 'media')
          return read(await upload.post('cgi-bin/media/upload', { params: { type: 'image' } }))
        },
        decryptUserData: async ({ session_key, encryptedData, iv }) =>
          app.getUtils().decryptSession(session_key, iv, encryptedData),
        verifyPush: async ({ query }) => {
          const push = { query, headers: {}, body: '' }
          const { status, body } = await receive(settings, push, 'GET')
          return { accepted: status === 200, echo: body }
        },
        receivePush: async (push) => {
          const { status, messages } = await refused(receive(settings, push))
          return { accepted: status === 200, handled: messages.length, message: messages.at(-1) }
        },
      },
      close: () => rm(folder, { recursive: true, force: true }),
    }
  },
  classify: (error) => {
    if (error instanceof Refusal) {
      return error.errcode >= 400 && error.errcode < 600
        ? 'bad_response'
        : failureOfErrcode(error.errcode)
    }
    const { code, message } = error as { code?: unknown; message?: unknown }
    if (/decrypt data/.test(String(message))) return 'invalid_data'
    if (/Invalid media response/.test(String(message))) return 'rejected'
    const [, errcode] = /"errcode":(-?\d+)/.exec(String(message)) ?? []
    if (errcode !== undefined && errcode !== '0') return failureOfErrcode(Number(errcode))
    if (/code2Session error|access_token: /.test(String(message))) return 'bad_response'

    return failureOfCode(String(code))
  },
}

/** The package throws when it refuses a push; a server around it answers 500. */
const refused = (answer: ReturnType<typeof receive>): ReturnType<typeof receive> =>
  answer.catch(() => ({ status: 500, body: '', messages: [] }))
