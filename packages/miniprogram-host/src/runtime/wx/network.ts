import type { NetworkFailure, ResponseResult } from '../../host-services.ts'
import type { Listeners } from '../listeners.ts'
import { createListeners } from '../listeners.ts'
import { record } from '../plain.ts'
import type { ApiOptions } from './api.ts'
import { asyncApi, failure } from './api.ts'
import type { Area, WxRuntime } from './area.ts'
import { fromBase64, toBase64 } from './file-store.ts'
import { createQueue } from './queue.ts'
import { requestBody } from './request-body.ts'

// https://developers.weixin.qq.com/miniprogram/dev/framework/ability/network.html
const PARALLEL = 10
const MAX_TIMEOUT = 60_000

type Method = 'request' | 'uploadFile' | 'downloadFile'
type Run = (id: number, options: ApiOptions) => Promise<Record<string, unknown>>
type TaskListeners = Pick<Listeners, 'call' | 'add' | 'remove'>
type Outcome = ResponseResult | NetworkFailure

/** HTTP requests. Each of the three functions runs at most ten at a time; others are queued. */
export const networkApi: Area = (runtime) => {
  const tasks = new Map<number, TaskListeners>()
  runtime.environment.listen('net.progress', ({ id, done, total }) => {
    const progress = total > 0 ? Math.floor((done * 100) / total) : 0
    tasks.get(id)?.call('ProgressUpdate', {
      progress,
      totalBytesSent: done,
      totalBytesExpectedToSend: total,
      totalBytesWritten: done,
      totalBytesExpectedToWrite: total,
    })
  })
  // Number 0 is for requests of the host itself.
  let lastId = 0
  const task = (name: Method, run: Run) => {
    const queue = createQueue(PARALLEL)
    return (given: unknown) => {
      const options = record(given)
      const id = ++lastId
      let aborted = false
      const listeners = createListeners(runtime.errors.report)
      tasks.set(id, listeners)
      const send = async () => {
        await waitForNetwork(runtime, options)
        if (aborted) throw failure('abort')
        const result = await run(id, options)
        const { header, statusCode, cookies } = result
        listeners.call('HeadersReceived', { header, statusCode, cookies })
        return result
      }
      // Not Promise.prototype.finally, which apps replace by a polyfill of their own.
      const sendAndForget = async () => {
        try {
          return await queue(send)
        } finally {
          tasks.delete(id)
        }
      }
      const start = asyncApi(name, sendAndForget, runtime.errors.report)
      start({ ...options, complete: options.complete ?? (() => undefined) })
      return taskHandle(listeners, () => {
        aborted = true
        void runtime.environment.call('net.abort', { id })
      })
    }
  }
  return {
    request: task('request', (id, options) => request(runtime, id, options)),
    uploadFile: task('uploadFile', (id, options) => upload(runtime, id, options)),
    downloadFile: task('downloadFile', (id, options) => download(runtime, id, options)),
  }
}

const request = async (runtime: WxRuntime, id: number, options: ApiOptions) => {
  const method = String(options.method ?? 'GET').toUpperCase()
  const { url, header, body } = requestBody(
    checkedUrl(options.url),
    method,
    headers(options.header),
    options.data,
  )
  const bytes = options.responseType === 'arraybuffer'
  const result = requireResponse(
    await runtime.environment.call('net.request', {
      id,
      url,
      method,
      header,
      body,
      timeout: timeoutOf(options),
      responseType: bytes ? 'arraybuffer' : 'text',
    }),
  )
  const { statusCode, cookies } = result
  const data = bytes ? fromBase64(result.data).buffer : parsed(result.data, options.dataType)
  return { data, statusCode, header: result.header, cookies, exception: {}, profile: {} }
}

const upload = async (runtime: WxRuntime, id: number, options: ApiOptions) => {
  const path = String(options.filePath ?? '')
  const bytes = await runtime.files.load(path)
  if (!bytes) throw failure(`file doesn't exist ${path}`)
  const result = requireResponse(
    await runtime.environment.call('net.upload', {
      id,
      url: checkedUrl(options.url),
      name: String(options.name ?? 'file'),
      fileName: path.split('/').at(-1) ?? 'file',
      content: toBase64(bytes),
      header: headers(options.header),
      formData: headers(options.formData),
      timeout: timeoutOf(options),
    }),
  )
  return {
    data: result.data,
    statusCode: result.statusCode,
    cookies: result.cookies,
    header: result.header,
  }
}

const download = async (runtime: WxRuntime, id: number, options: ApiOptions) => {
  const url = checkedUrl(options.url)
  const result = requireResponse(
    await runtime.environment.call('net.request', {
      id,
      url,
      method: 'GET',
      header: headers(options.header),
      body: null,
      timeout: timeoutOf(options),
      responseType: 'arraybuffer',
    }),
  )
  const { statusCode, header } = result
  if (typeof options.filePath === 'string') {
    runtime.files.files.set(options.filePath, fromBase64(result.data))
    return { filePath: options.filePath, statusCode, header }
  }
  const extension = /\.(\w{2,4})(?:\?|$)/.exec(url)?.[1] ?? 'bin'
  return { tempFilePath: runtime.files.addTemporary(result.data, extension), statusCode, header }
}

/** Waits for the delay of the simulated network; throws when the phone is offline. */
const waitForNetwork = async (
  { system, environment }: WxRuntime,
  { url, method = 'GET' }: ApiOptions,
): Promise<void> => {
  if (system.networkType === 'none') {
    const reason = 'net::ERR_INTERNET_DISCONNECTED'
    environment.emit('Host.requestFailed', { method, url, reason })
    throw failure(reason, 600001)
  }
  if (system.networkDelay === 0) return
  await new Promise<void>((resolve) => {
    environment.setTimeout(resolve, system.networkDelay)
  })
}

const requireResponse = (outcome: Outcome): ResponseResult => {
  if ('failure' in outcome) throw failure(outcome.failure, outcome.errno)
  return outcome
}

const checkedUrl = (url: unknown): string => {
  const text = String(url ?? '')
  if (!/^https?:\/\/./i.test(text)) throw failure(`invalid url "${text}"`, 600009)
  return text
}

const timeoutOf = ({ timeout }: ApiOptions): number =>
  typeof timeout === 'number' && timeout > 0 ? Math.min(timeout, MAX_TIMEOUT) : MAX_TIMEOUT

const headers = (value: unknown): Record<string, string> =>
  Object.fromEntries(Object.entries(record(value)).map(([name, text]) => [name, String(text)]))

const parsed = (text: string, dataType: unknown): unknown => {
  if (dataType !== undefined && dataType !== 'json') return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const TASK_EVENTS = ['HeadersReceived', 'ChunkReceived', 'ProgressUpdate']

/** What the functions return: an object that aborts the request and tells how it goes. */
const taskHandle = (listeners: TaskListeners, abort: () => void): Record<string, unknown> => ({
  abort,
  ...Object.fromEntries(
    TASK_EVENTS.flatMap((event) => [
      [`on${event}`, (listener: unknown) => listeners.add(event, listener)],
      [`off${event}`, (listener?: unknown) => listeners.remove(event, listener)],
    ]),
  ),
})
