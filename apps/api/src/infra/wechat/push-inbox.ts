import type { DedupeStore, PushAnswer, PushMessage, PushQuery } from '@oa/wechat'
import { createPushReceiver } from '@oa/wechat'
import type { PushedEvent } from './pushed-event.ts'
import { toPushedEvent } from './pushed-event.ts'

type Options = {
  appId: string
  token: string
  /** The present EncodingAESKey, then the previous one; none of them in plain mode. */
  encodingAesKeys: readonly string[]
  dedupeStore: DedupeStore
}

export type PushInbox = ReturnType<typeof createPushInbox>

/** Where WeChat's pushes for one mini-program arrive. */
export const createPushInbox = (options: Options) => {
  const { appId } = options
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
      receiver.receive(push, (message: PushMessage) => handle(toPushedEvent(message, appId))),
  }
}
