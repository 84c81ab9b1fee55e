/** A pushed message or event, its fields named as WeChat names them. */
export type PushMessage = {
  ToUserName: string
  /** The openid of the sender; of WeChat itself for most events. */
  FromUserName: string
  /** Unix time, s. */
  CreateTime: number
  /** `event`, `text`, `image`, `miniprogrampage` … */
  MsgType: string
  /** For events: `user_info_modified`, `wxa_media_check` … */
  Event?: string
  /** Decimal digits. Messages have one, events have none. */
  MsgId?: string
  [field: string]: unknown
}

/** The events that a mini-program must act upon. */
export type PushEvent =
  /** WeChat cleared the user's profile: delete nickname and avatar. */
  | { kind: 'user_info_modified'; openid: string }
  /** The user withdrew consent; `revokedInfo` holds WeChat's numbers (6 nickname and avatar, 8 phone). */
  | { kind: 'user_authorization_revoke'; openid: string; revokedInfo: string[] }
  /** The user closed the WeChat account: delete what is stored about them. */
  | { kind: 'user_authorization_cancellation'; openid: string }
  /** The verdict on a file submitted with `mediaCheckAsync`. */
  | {
      kind: 'wxa_media_check'
      traceId: string
      suggest: 'pass' | 'review' | 'risky'
      label: number
    }
  /** The user answered a dialog, or changed a choice in the settings: to which templates they agree. */
  | {
      kind: 'subscribe_msg_popup_event' | 'subscribe_msg_change_event'
      openid: string
      choices: { templateId: string; accepted: boolean }[]
    }
  /** What became of messages; `errorCode` 0 is a message that arrived. */
  | {
      kind: 'subscribe_msg_sent_event'
      openid: string
      sent: { templateId: string; errorCode: number }[]
    }

/**
 * The event in a message; null when it is not a PushEvent or not about this appid.
 * https://developers.weixin.qq.com/miniprogram/security/basic/listen.html
 */
export const toPushEvent = (message: PushMessage, appId: string): PushEvent | null => {
  if (message.MsgType.toLowerCase() !== 'event') return null
  if (message.Event === 'wxa_media_check') return toMediaCheck(message, appId)
  if (message.Event?.startsWith('subscribe_msg_')) return toSubscription(message)
  const openid = message.OpenID
  if (message.AppID !== appId || typeof openid !== 'string' || openid === '') return null

  switch (message.Event) {
    case 'user_info_modified':
    case 'user_authorization_cancellation':
      return { kind: message.Event, openid }
    case 'user_authorization_revoke':
      return { kind: message.Event, openid, revokedInfo: toList(message.RevokeInfo) }
    default:
      return null
  }
}

const toMediaCheck = (message: PushMessage, appId: string): PushEvent | null => {
  const { appid, trace_id, errcode, result } = message
  if (appid !== appId || typeof trace_id !== 'string' || Number(errcode ?? 0) !== 0) return null
  const { suggest, label } = (result ?? {}) as { suggest?: unknown; label?: unknown }
  if (suggest !== 'pass' && suggest !== 'review' && suggest !== 'risky') return null

  return { kind: 'wxa_media_check', traceId: trace_id, suggest, label: Number(label) }
}

/** These events name the user as their sender, and no appid: the receiver's own address stands for it. */
const toSubscription = (message: PushMessage): PushEvent | null => {
  const { Event: kind, FromUserName: openid } = message
  switch (kind) {
    case 'subscribe_msg_popup_event':
      return { kind, openid, choices: choicesOf(entriesOf(message, 'SubscribeMsgPopupEvent')) }
    case 'subscribe_msg_change_event':
      return { kind, openid, choices: choicesOf(entriesOf(message, 'SubscribeMsgChangeEvent')) }
    case 'subscribe_msg_sent_event': {
      const entries = entriesOf(message, 'SubscribeMsgSentEvent')
      return {
        kind,
        openid,
        sent: entries.map(({ templateId, ErrorCode }) => ({
          templateId,
          errorCode: Number(ErrorCode ?? 0),
        })),
      }
    }
    default:
      return null
  }
}

type Entry = Record<string, unknown> & { templateId: string }

/** `List` is one entry or a list of them; in XML it has a container. */
const entriesOf = (message: PushMessage, container: string): Entry[] => {
  const { List } = (isRecord(message[container]) ? message[container] : message) as {
    List?: unknown
  }
  return [List].flat().flatMap((entry) => {
    if (!isRecord(entry) || typeof entry.TemplateId !== 'string') return []
    return [{ ...entry, templateId: entry.TemplateId }]
  })
}

/** `accept`, or one of its kin such as `acceptWithAudio`. */
const choicesOf = (entries: Entry[]) =>
  entries.map(({ templateId, SubscribeStatusString: status }) => ({
    templateId,
    accepted: typeof status === 'string' && status.startsWith('accept'),
  }))

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const toList = (value: unknown): string[] =>
  [value].flat().flatMap((item) => String(item ?? '').match(/\d+/g) ?? [])
