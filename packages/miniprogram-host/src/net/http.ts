import type {
  NetworkFailure,
  RequestParams,
  ResponseResult,
  UploadParams,
} from '../host-services.ts'

// https://developers.weixin.qq.com/miniprogram/dev/framework/usability/PublicErrno.html
const ERRNO = { timeout: 5, abort: 600001, network: 600001 } as const

/** The mini-program's HTTP client: without CORS and cookie jar, requests can be aborted by id. */
export interface HttpClient {
  request(params: RequestParams): Promise<ResponseResult | NetworkFailure>
  upload(params: UploadParams): Promise<ResponseResult | NetworkFailure>
  abort(id: number): void
  /** Aborts all pending requests. */
  close(): void
}

export const createHttpClient = (options: { referer: string }): HttpClient => {
  const running = new Map<number, AbortController>()
  const send = async (
    { id, url, timeout, header }: Pick<RequestParams, 'id' | 'url' | 'timeout' | 'header'>,
    init: RequestInit,
    bytes: boolean,
  ): Promise<ResponseResult | NetworkFailure> => {
    const abort = new AbortController()
    running.set(id, abort)
    const timer = setTimeout(() => abort.abort('timeout'), timeout)
    try {
      const headers = { ...header, referer: options.referer }
      return await read(await fetch(url, { ...init, headers, signal: abort.signal }), bytes)
    } catch (error) {
      return toFailure(error, abort.signal)
    } finally {
      clearTimeout(timer)
      running.delete(id)
    }
  }
  return {
    request: (params) =>
      send(
        params,
        { method: params.method, body: bodyOf(params) },
        params.responseType === 'arraybuffer',
      ),
    upload(params) {
      const form = new FormData()
      for (const [name, value] of Object.entries(params.formData)) form.append(name, value)
      const type = params.fileName.endsWith('.png') ? 'image/png' : 'image/jpeg'
      const file = new Blob([Buffer.from(params.content, 'base64')], { type })
      form.append(params.name, file, params.fileName)
      return send(params, { method: 'POST', body: form }, false)
    },
    abort: (id) => running.get(id)?.abort('abort'),
    close() {
      for (const abort of running.values()) abort.abort('abort')
    },
  }
}

const bodyOf = ({ body }: RequestParams): string | Uint8Array<ArrayBuffer> | null => {
  if (!body) return null
  return 'text' in body ? body.text : new Uint8Array(Buffer.from(body.base64, 'base64'))
}

const read = async (response: Response, bytes: boolean): Promise<ResponseResult> => ({
  statusCode: response.status,
  header: Object.fromEntries(response.headers),
  cookies: response.headers.getSetCookie(),
  data: bytes
    ? Buffer.from(await response.arrayBuffer()).toString('base64')
    : await response.text(),
})

const toFailure = (error: unknown, signal: AbortSignal): NetworkFailure => {
  if (signal.aborted) {
    const failure = signal.reason === 'timeout' ? 'timeout' : 'abort'
    return { failure, errno: ERRNO[failure] }
  }
  const { cause, message } = error as Error & { cause?: { code?: string; message?: string } }
  return { failure: cause?.code ?? cause?.message ?? message, errno: ERRNO.network }
}
