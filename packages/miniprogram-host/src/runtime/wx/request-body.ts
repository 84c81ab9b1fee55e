import type { RequestParams } from '../../host-services.ts'
import { record } from '../plain.ts'
import { toBase64 } from './file-store.ts'

type Body = Pick<RequestParams, 'url' | 'header' | 'body'>

/**
 * Encodes the data of wx.request: as the query for GET and HEAD, otherwise as form or JSON
 * depending on the content type. Header names become lower case.
 */
export const requestBody = (
  url: string,
  method: string,
  given: Record<string, string>,
  data: unknown,
): Body => {
  const lower = Object.entries(given).map(([name, value]) => [name.toLowerCase(), value])
  const header: Record<string, string> = {
    'content-type': 'application/json',
    ...Object.fromEntries(lower),
  }
  if (data === undefined || data === null) return { url, header, body: null }
  if (data instanceof ArrayBuffer)
    return { url, header, body: { base64: toBase64(new Uint8Array(data)) } }
  if (method === 'GET' || method === 'HEAD') {
    const query = typeof data === 'string' ? data : toQuery(record(data))
    const joint = url.includes('?') ? '&' : '?'
    return { url: query === '' ? url : url + joint + query, header, body: null }
  }
  if (typeof data === 'string') return { url, header, body: { text: data } }
  const isForm = header['content-type']?.includes('x-www-form-urlencoded')
  return { url, header, body: { text: isForm ? toQuery(record(data)) : JSON.stringify(data) } }
}

const toQuery = (data: Record<string, unknown>): string =>
  Object.entries(data)
    .map(([name, value]) => {
      const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
      return `${encodeURIComponent(name)}=${encodeURIComponent(text)}`
    })
    .join('&')
