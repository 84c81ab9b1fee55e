import type { DedupeStore, PushAnswer, PushEvent, PushMessage, PushQuery } from '@oa/wechat'
import { createPushReceiver, toPushEvent } from '@oa/wechat'

/** What WeChat tells a mini-program's server about a user or a check, as far as it is acted upon. */
export type PushedEvent =
  /** WeChat took the user's name and avatar back. */
  | { kind: 'user_info_modified'; openid: string }
  /** The user withdrew consent; WeChat's numbers say to what, an empty list means to everything. */
  | { kind: 'user_authorization_revoke'; openid: string; revoked: readonly number[] }
  /** The user closed the WeChat account. */
  | { kind: 'user_authorization_cancellation'; openid: string }
  | { kind: 'wxa_media_check'; traceId: string; suggest: string; label: number }
  /** Anything else, by WeChat's name. */
  | { kind: 'other'; name: string }

type Options = {
  appId: string
  token: string
  /** The present EncodingAESKey, then the previous one; none of them in plain mode. */
  encodingAesKeys: readonly string[]
  dedupeStore: DedupeStore
}

export type PushInbox = ReturnType<typeof createPushInbox>

/** Where WeChat's pushes arrive. */
export const createPushInbox = (options: Options) => {
  const receiver = createPushReceiver(options)
  return {
    /** Answers the GET by which WeChat checks an address. */
    verifyUrl: (query: PushQuery): PushAnswer => receiver.verifyUrl(query),
    /**
     * Answers a POST: 401 unless it is WeChat's and fresh; calls `handle` once for each message, however
     * often it comes. Rejects when `handle` does, and the next delivery is handled again.
     */
    receive: (
      push: { query: PushQuery; body: string },
      handle: (event: PushedEvent) => Promise<void>,
    ): Promise<PushAnswer> =>
      receiver.receive(push, (message: PushMessage) =>
        handle(toPushedEvent(toPushEvent(message, options.appId), message)),
      ),
  }
}

const toPushedEvent = (event: PushEvent | null, { MsgType, Event }: PushMessage): PushedEvent => {
  if (event === null) return { kind: 'other', name: (Event ?? MsgType).slice(0, MAX_NAME_LENGTH) }
  if (event.kind !== 'user_authorization_revoke') return event
  const { kind, openid, revokedInfo } = event
  return { kind, openid, revoked: revokedInfo.map(Number) }
}

const MAX_NAME_LENGTH = 64
