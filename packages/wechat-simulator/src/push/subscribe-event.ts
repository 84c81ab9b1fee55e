import type { App } from '../platform/apps.ts'
import type { Person } from '../platform/people.ts'
import { openidOf } from '../platform/people.ts'
import type { PushMessage, PushValue } from './push-message.ts'

const CONTAINERS = {
  subscribe_msg_popup_event: 'SubscribeMsgPopupEvent',
  subscribe_msg_change_event: 'SubscribeMsgChangeEvent',
  subscribe_msg_sent_event: 'SubscribeMsgSentEvent',
} as const

/**
 * The event that WeChat pushes about subscriptions: in JSON a list of one entry is an object, in
 * XML a list has a container. https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/subscribe-message.html
 */
export const subscribeEvent = (
  event: keyof typeof CONTAINERS,
  list: readonly PushValue[],
  { appid, push }: App,
  person: Person,
): PushMessage => {
  const [first] = list
  const List = list.length === 1 && first !== undefined ? first : list

  return {
    FromUserName: openidOf(person, appid),
    Event: event,
    ...(push?.format === 'json' ? { List } : { [CONTAINERS[event]]: { List } }),
  }
}
