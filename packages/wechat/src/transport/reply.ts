import { isUtf8 } from 'node:buffer'
import { describeErrcode, retryAfterSecondsOf } from '../errcodes/index.ts'
import { WeChatError } from '../errors.ts'

export type Reply = Readonly<Record<string, unknown>>

/**
 * The JSON object of a successful answer. WeChat sends JSON as text/plain and may omit errcode on
 * success, so neither the media type nor a missing errcode is significant.
 */
export const parseReply = (path: string, body: Buffer): Reply => {
  const reply = parseObject(body)
  if (!reply) throw new WeChatError('bad_response', `${path}: the answer is not a JSON object`)
  const { errcode = 0, errmsg } = reply
  if (!Number.isSafeInteger(errcode)) {
    throw new WeChatError('bad_response', `${path}: errcode is not a whole number`)
  }
  if (errcode !== 0) throw toRefusal(path, Number(errcode), errmsg)

  return reply
}

const toRefusal = (path: string, errcode: number, errmsg: unknown): WeChatError => {
  const { reason, en } = describeErrcode(errcode)
  const text = typeof errmsg === 'string' ? errmsg : ''
  const rid = RID.exec(text)?.[1] ?? null
  // errmsg itself stays out: it can quote what was sent. Operators need the IP address to white-list.
  const ip = errcode === 40164 ? IP.exec(text)?.[1] : undefined
  const detail = ip === undefined ? en : `${en} (${ip})`

  return new WeChatError(reason, `${path}: errcode ${errcode}, ${detail}`, {
    errcode,
    rid,
    retryAfterSeconds: retryAfterSecondsOf(errcode),
  })
}

const parseObject = (body: Buffer): Reply | null => {
  try {
    // msgid has 64 bits, more than a JavaScript number holds.
    const text = body.toString('utf8').replace(/("msgid"\s*:\s*)(\d{16,})/, '$1"$2"')
    const value: unknown = isUtf8(body) ? JSON.parse(text) : null
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Reply)
      : null
  } catch {
    return null
  }
}

const RID = /\brid: ?([0-9a-f]{8}(?:-[0-9a-f]{8}){2})\b/
const IP = /\binvalid ip (\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f:.]{3,45})/
