import { createHash } from 'node:crypto'
import type { PushEvent, PushMessage } from '@oa/wechat'
import { toPushEvent } from '@oa/wechat'

/** What WeChat tells a mini-program's server about a user or a check, as far as it is acted upon. */
export type PushedEvent = { appId: string } & Told

type Told =
  /** WeChat took the user's name and avatar back. */
  | { kind: 'user_info_modified'; openid: string }
  /** The user withdrew consent; WeChat's numbers say to what, an empty list means to everything. */
  | { kind: 'user_authorization_revoke'; openid: string; revoked: readonly number[] }
  /** The user closed the WeChat account. */
  | { kind: 'user_authorization_cancellation'; openid: string }
  | { kind: 'wxa_media_check'; traceId: string; suggest: string; label: number }
  | ConsentTold
  /** Anything else, by WeChat's name. */
  | { kind: 'other'; name: string }

/** About templates of subscribe messages; `id` is the same for every delivery of one push. */
export type ConsentEvent = { appId: string } & ConsentTold

type ConsentTold = { kind: 'message_consent'; id: string; openid: string } & (
  | { accepted: readonly string[] }
  /** In the settings, for good. */
  | { refused: readonly string[] }
  /** Messages that WeChat has dealt with, whoever sent them. */
  | { reported: readonly string[] }
)

/** `appId` is the one that pushes are for. */
export const toPushedEvent = (message: PushMessage, appId: string): PushedEvent => ({
  appId,
  ...toTold(message, appId),
})

const toTold = (message: PushMessage, appId: string): Told => {
  const event = toPushEvent(message, appId)
  if (event === null) {
    return { kind: 'other', name: (message.Event ?? message.MsgType).slice(0, MAX_NAME_LENGTH) }
  }
  switch (event.kind) {
    case 'user_authorization_revoke': {
      const { kind, openid, revokedInfo } = event
      return { kind, openid, revoked: revokedInfo.map(Number) }
    }
    case 'subscribe_msg_popup_event':
    case 'subscribe_msg_change_event':
    case 'subscribe_msg_sent_event': {
      const id = createHash('sha256').update(JSON.stringify(message)).digest('base64url')
      return { kind: 'message_consent', id, openid: event.openid, ...consentsIn(event) }
    }
    default:
      return event
  }
}

type SubscribeEvent = Extract<PushEvent, { kind: `subscribe_msg_${string}` }>

const consentsIn = (event: SubscribeEvent) => {
  if (event.kind === 'subscribe_msg_sent_event') return { reported: idsOf(event.sent) }
  // A dialog that is refused takes back nothing that was agreed to before; the settings only refuse.
  return event.kind === 'subscribe_msg_popup_event'
    ? { accepted: idsOf(event.choices.filter(({ accepted }) => accepted)) }
    : { refused: idsOf(event.choices.filter(({ accepted }) => !accepted)) }
}

/** What is no id of a template has no consent to count. */
const idsOf = (entries: readonly { templateId: string }[]) =>
  [...new Set(entries.map(({ templateId }) => templateId))]
    .filter((id) => TEMPLATE_ID.test(id))
    .slice(0, MAX_TEMPLATES)

const TEMPLATE_ID = /^[A-Za-z0-9_-]{1,64}$/
const MAX_TEMPLATES = 20
const MAX_NAME_LENGTH = 64
