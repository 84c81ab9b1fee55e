import type { WeChatClientOptions, WeChatErrorReason } from '@oa/wechat'
import { createWeChatClient, WeChatError } from '@oa/wechat'
import type { WeChat, WeChatFailureKind, WeChatState } from '../../ports/wechat.ts'
import { WeChatFailure } from '../../ports/wechat.ts'

const KIND: Record<WeChatErrorReason, WeChatFailureKind> = {
  code_invalid: 'code_invalid',
  risk_blocked: 'risk_blocked',
  rate_limited: 'rate_limited',
  misconfigured: 'misconfigured',
  rejected: 'misconfigured',
  quota_exhausted: 'unavailable',
  busy: 'unavailable',
  timeout: 'unavailable',
  unreachable: 'unavailable',
  tls: 'unavailable',
  bad_response: 'unavailable',
  circuit_open: 'unavailable',
  overloaded: 'unavailable',
}

/** "Code missing": we always send one, so it was one that WeChat takes for none. */
const CODE_MISSING = 41008

/** WeChat itself, or whatever speaks like it at `baseUrl`. */
export const createWeChat = (options: WeChatClientOptions): WeChat => {
  const client = createWeChatClient(options)
  let misconfigured = false

  return {
    async code2Session(code) {
      try {
        const { openid, sessionKey, unionid } = await client.code2Session(code)
        misconfigured = false
        return { openid, sessionKey, unionid: unionid ?? null }
      } catch (error) {
        const failure = toFailure(error)
        if (failure.kind === 'misconfigured') misconfigured = true
        if (failure.kind === 'code_invalid') misconfigured = false
        throw failure
      }
    },
    state: (): WeChatState => {
      if (misconfigured) return 'misconfigured'
      return client.health().breaker === 'open' ? 'down' : 'up'
    },
    close: () => client.close(),
  }
}

/** Keeps what helps to find the call at WeChat: never its text, nor what was sent. */
const toFailure = (error: unknown) => {
  if (!(error instanceof WeChatError)) throw error
  const { reason, errcode, rid, retryAfterSeconds } = error
  const detail = [reason, errcode === null ? '' : `errcode ${errcode}`, rid ?? '']
  const kind = errcode === CODE_MISSING ? 'code_invalid' : KIND[reason]
  return new WeChatFailure(kind, detail.filter(Boolean).join(', '), { retryAfterSeconds })
}
