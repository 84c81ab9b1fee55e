import type { IncomingMessage } from 'node:http'
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { ResponseResult, UploadParams } from '../host-services.ts'
import { multipartBody } from './multipart.ts'

interface Options {
  referer: string
  signal: AbortSignal
  onProgress(sent: number, total: number): void
}

const CHUNK = 64 * 1024

/** WeChat sets these itself, whatever the app asks for. */
const OWN_HEADERS = new Set(['content-type', 'content-length', 'host', 'referer'])

/** Sends a file as multipart/form-data and reports how much has been sent. */
export const sendUpload = async (
  params: UploadParams,
  { referer, signal, onProgress }: Options,
): Promise<ResponseResult> => {
  const { contentType, body } = multipartBody(params)
  const given = Object.entries(params.header).filter(
    ([name]) => !OWN_HEADERS.has(name.toLowerCase()),
  )
  const headers = {
    ...Object.fromEntries(given),
    referer,
    'content-type': contentType,
    'content-length': body.length,
  }
  const send = params.url.startsWith('https:') ? requestHttps : requestHttp
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const request = send(params.url, { method: 'POST', headers, signal })
    request.once('response', resolve)
    request.once('error', reject)
    const write = (from: number): void => {
      if (from >= body.length) return void request.end()
      const chunk = body.subarray(from, from + CHUNK)
      request.write(chunk, (error) => {
        if (error) return
        onProgress(from + chunk.length, body.length)
        write(from + chunk.length)
      })
    }
    write(0)
  })
  return readResponse(response)
}

const readResponse = async (response: IncomingMessage): Promise<ResponseResult> => {
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk as Buffer)
  const { 'set-cookie': cookies = [], ...rest } = response.headers
  const header = Object.fromEntries(
    Object.entries(rest).map(([name, value]) => [name, String(value)]),
  )
  return {
    statusCode: response.statusCode ?? 0,
    header,
    cookies,
    data: Buffer.concat(chunks).toString('utf8'),
  }
}
