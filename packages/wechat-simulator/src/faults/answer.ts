import type { AnswerStyle } from '../endpoints/endpoint.ts'
import { toErrorBody } from '../platform/wechat-error.ts'
import type { Fault } from './fault.ts'
import type { Answer } from './send.ts'

const HTML =
  '<!DOCTYPE html><html><head><title>网络登录</title></head><body>请先登录网络</body></html>'

/** The answer that a fault gives in place of WeChat's; undefined when the request is processed. */
export const answerInstead = (
  fault: Fault,
  style: AnswerStyle,
): (Answer & { errcode?: number }) | undefined => {
  const { contentType, errcode, status } = fault
  if (errcode !== undefined) {
    const body = JSON.stringify(toErrorBody(errcode, fault.errmsg, style.beforeRid))
    return { ...answerOf(body, contentType ?? style.contentType, status), errcode }
  }
  if (fault.html) return answerOf(fault.body ?? HTML, contentType ?? 'text/html', status)
  if (status !== undefined || fault.body !== undefined) {
    return answerOf(fault.body ?? '', contentType ?? 'text/plain', status)
  }
  if (fault.reset) return answerOf('', 'text/plain')

  return undefined
}

/** Numbers for strings, strings for numbers, at every depth. */
export const withWrongTypes = (value: unknown): unknown => {
  if (typeof value === 'string') return value.length
  if (typeof value === 'number') return String(value)
  if (Array.isArray(value)) return value.map(withWrongTypes)
  if (typeof value !== 'object' || value === null) return value

  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withWrongTypes(part)]))
}

const answerOf = (body: string, contentType: string, status = 200): Answer => ({
  status,
  contentType,
  body: Buffer.from(body),
})
