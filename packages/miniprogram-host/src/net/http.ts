import type {
  NetworkFailure,
  RequestParams,
  ResponseResult,
  TransferProgress,
  UploadParams,
} from '../host-services.ts'
import { sendUpload } from './upload.ts'

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

interface Options {
  referer: string
  /** Called while bytes of an upload are sent, or bytes of a binary response arrive. */
  onProgress(progress: TransferProgress): void
}

type Outcome = ResponseResult | NetworkFailure

export const createHttpClient = ({ referer, onProgress }: Options): HttpClient => {
  const running = new Map<number, AbortController>()
  const run = async (
    { id, timeout }: Pick<RequestParams, 'id' | 'timeout'>,
    send: (signal: AbortSignal) => Promise<ResponseResult>,
  ): Promise<Outcome> => {
    const abort = new AbortController()
    running.set(id, abort)
    const timer = setTimeout(() => abort.abort('timeout'), timeout)
    try {
      return await send(abort.signal)
    } catch (error) {
      return toFailure(error, abort.signal)
    } finally {
      clearTimeout(timer)
      running.delete(id)
    }
  }
  return {
    request: (params) =>
      run(params, async (signal) => {
        const headers = { ...params.header, referer }
        const body = bodyOf(params)
        const response = await fetch(params.url, { method: params.method, headers, body, signal })
        return read(response, params, onProgress)
      }),
    upload: (params) =>
      run(params, (signal) =>
        sendUpload(params, {
          referer,
          signal,
          onProgress: (done, total) => onProgress({ id: params.id, done, total }),
        }),
      ),
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

const read = async (
  response: Response,
  { id, responseType }: RequestParams,
  onProgress: Options['onProgress'],
): Promise<ResponseResult> => ({
  statusCode: response.status,
  header: Object.fromEntries(response.headers),
  cookies: response.headers.getSetCookie(),
  data:
    responseType === 'arraybuffer'
      ? await readBytes(response, (done, total) => onProgress({ id, done, total }))
      : await response.text(),
})

/** The body in base64. The total is 0 when the server does not tell it. */
const readBytes = async (
  response: Response,
  onProgress: (done: number, total: number) => void,
): Promise<string> => {
  const total = Number(response.headers.get('content-length') ?? 0)
  const chunks: Uint8Array[] = []
  let done = 0
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk)
    done += chunk.length
    onProgress(done, total)
  }
  return Buffer.concat(chunks).toString('base64')
}

const toFailure = (error: unknown, signal: AbortSignal): NetworkFailure => {
  if (signal.aborted) {
    const failure = signal.reason === 'timeout' ? 'timeout' : 'abort'
    return { failure, errno: ERRNO[failure] }
  }
  const { cause, code, message } = error as Error & {
    code?: string
    cause?: { code?: string; message?: string }
  }
  return { failure: cause?.code ?? cause?.message ?? code ?? message, errno: ERRNO.network }
}
