import type { PushEvent, PushLedger, PushMessage } from '@oa/wechat'
import { createPushReceiver, toPushEvent } from '@oa/wechat'
import type { PushedEvent, PushInbox } from './pushed-event.ts'

type Options = {
  appId: string
  token: string
  /** The present EncodingAESKey, then the previous one; none of them in plain mode. */
  encodingAesKeys: readonly string[]
  ledger: PushLedger
}

/** Message push of WeChat itself, or of whatever signs like it. */
export const createPushInbox = (options: Options): PushInbox => {
  const receiver = createPushReceiver(options)
  return {
    verifyUrl: (query) => receiver.verifyUrl(query),
    receive: (push, handle) =>
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
