import { readFile } from 'node:fs/promises'
import { resolve, sep } from 'node:path'
import type { HostPushes, HostServices, NetworkFailure, ResponseResult } from './host-services.ts'
import { createHttpClient } from './net/http.ts'
import { createSockets } from './net/sockets.ts'
import type { WeChatPlatform } from './platform/platform.ts'
import { platformServices } from './platform/platform-services.ts'

/** The host's services for one runtime. */
export interface Services {
  call(service: string, params: unknown): Promise<unknown>
  /** Sets the function that tells the runtime something without being asked. */
  onPush(push: Push): void
  close(): void
}

type Push = <Name extends keyof HostPushes>(name: Name, params: HostPushes[Name]) => void

interface Options {
  platform: WeChatPlatform
  appId: string
  /** Folder of the mini-program's files. */
  root: string
  /** JSON by key; updated in place when the app writes its storage. */
  storage: Record<string, string>
  onStored?(): void
  onRequest?(request: FinishedRequest): void
}

/** A completed request of the app; `status` is the HTTP status or the reason of a failure. */
export interface FinishedRequest {
  method: string
  url: string
  status: number | string
  milliseconds: number
  /** Bodies as text, shortened; '' for none and `<bytes>` for what is no text. */
  sent: string
  received: string
}

type Outcome = ResponseResult | NetworkFailure

type Table = {
  [Name in keyof HostServices]: (
    params: HostServices[Name]['params'],
  ) => Promise<HostServices[Name]['result']>
}

export const createServices = ({
  platform,
  appId,
  root,
  storage,
  onStored,
  onRequest,
}: Options): Services => {
  let push: Push = () => undefined
  const http = createHttpClient({
    referer: `https://servicewechat.com/${appId}/devtools/page-frame.html`,
    onProgress: (progress) => push('net.progress', progress),
  })
  const sockets = createSockets((name, params) => push(name, params))
  const watched = async (
    { method, url, sent }: Pick<FinishedRequest, 'method' | 'url' | 'sent'>,
    running: Promise<Outcome>,
    isText: boolean,
  ) => {
    const started = performance.now()
    const outcome = await running
    const isFailure = 'failure' in outcome
    onRequest?.({
      method,
      url,
      status: isFailure ? outcome.failure : outcome.statusCode,
      milliseconds: Math.round(performance.now() - started),
      sent: shortened(sent),
      received: isFailure ? '' : shortened(isText ? outcome.data : BYTES),
    })
    return outcome
  }
  const table: Table = {
    ...platformServices(platform),
    'net.request': (params) =>
      watched(
        { method: params.method, url: params.url, sent: sentText(params.body) },
        http.request(params),
        params.responseType === 'text',
      ),
    'net.upload': (params) => {
      const sent = JSON.stringify({ ...params.formData, [params.name]: params.fileName })
      return watched({ method: 'POST', url: params.url, sent }, http.upload(params), true)
    },
    'net.abort': async ({ id }) => {
      http.abort(id)
      return null
    },
    'net.openSocket': async (params) => {
      sockets.open(params)
      return null
    },
    'net.sendSocket': ({ id, data }) => sockets.send(id, data),
    'net.closeSocket': async ({ id, code, reason }) => {
      sockets.close(id, code, reason)
      return null
    },
    'project.readFile': ({ path }) => readProjectFile(root, path),
    'storage.set': async ({ key, value }) => {
      if (value === null) delete storage[key]
      else storage[key] = value
      onStored?.()
      return null
    },
    'storage.clear': async () => {
      for (const key of Object.keys(storage)) delete storage[key]
      onStored?.()
      return null
    },
  }
  return {
    async call(service, params) {
      const run = table[service as keyof Table] as
        | ((params: unknown) => Promise<unknown>)
        | undefined
      if (!run) throw new Error(`host service "${service}" is unknown`)
      return run(params)
    },
    onPush(connected) {
      push = connected
    },
    close() {
      http.close()
      sockets.closeAll()
    },
  }
}

const BYTES = '<bytes>'
const SHOWN_CHARACTERS = 4000

const shortened = (text: string): string =>
  text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text

const sentText = (body: HostServices['net.request']['params']['body']): string =>
  body === null ? '' : 'text' in body ? body.text : BYTES

/** Base64; null for what is not below the root. */
const readProjectFile = async (root: string, path: string): Promise<string | null> => {
  const full = resolve(root, path.replace(/^\/+/, ''))
  if (!full.startsWith(resolve(root) + sep)) return null
  return readFile(full, 'base64').catch(() => null)
}
