import { WeChatError } from '../errors.ts'
import type { OnEvent } from '../events.ts'
import type { AccessTokenBroker } from '../token/access-token-broker.ts'
import { abortable } from '../transport/deadline.ts'
import type { Send, SendRequest } from '../transport/send.ts'

/**
 * Sends a call that needs the appid's access_token, which is added to its query, under the client's
 * whole failure policy. Resolves to what the request's `decode` returns.
 */
export type SendWithToken = <R>(request: SendRequest<R>) => Promise<R>

/** Changes how calls with an access_token are sent; made once for each client. */
export type SendMiddleware = (
  send: SendWithToken,
  client: { appId: string; emit: OnEvent },
) => SendWithToken

/**
 * When WeChat refuses the token (40001, 40014, 42001), gets another one and sends once more, within
 * the same time budget.
 */
export const createSendWithToken =
  (send: Send, broker: AccessTokenBroker, totalTimeoutMs: number): SendWithToken =>
  async (request) => {
    const endsAt = performance.now() + (request.budgetMs ?? totalTimeoutMs)
    const remainingMs = () => endsAt - performance.now()
    const sendWith = (token: string) =>
      send({
        ...request,
        query: { access_token: token, ...request.query },
        budgetMs: remainingMs(),
      })

    request.signal?.throwIfAborted()
    const token = await abortable(broker.get(remainingMs()), request.signal)
    try {
      return await sendWith(token)
    } catch (error) {
      if (!isTokenRefused(error)) throw error
      return sendWith(await abortable(broker.replace(token, remainingMs()), request.signal))
    }
  }

const TOKEN_REFUSED: ReadonlySet<number | null> = new Set([40001, 40014, 42001])

const isTokenRefused = (error: unknown) =>
  error instanceof WeChatError && TOKEN_REFUSED.has(error.errcode)
