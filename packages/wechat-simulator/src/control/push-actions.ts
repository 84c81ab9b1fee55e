import { randomBytes } from 'node:crypto'
import { openidOf, unionidOf } from '../platform/people.ts'
import type { Platform } from '../platform/platform.ts'
import type { PushMessage } from '../push/push-message.ts'
import type { Delivery } from '../push/pushes.ts'
import { requireApp, requirePerson } from './actions.ts'
import type {
  LoginRequest,
  PushRequest,
  UserEventRequest,
  UserMessageRequest,
} from './schemas/index.ts'

/** Pushes any message; WeChat can deliver one twice (`times: 2`). */
export const push = async (
  { appid, message, times = 1 }: PushRequest,
  platform: Platform,
): Promise<Delivery[]> => {
  const app = requireApp(appid, platform)
  const complete = { CreateTime: Math.floor(platform.clock.now() / 1000), ...message }
  const deliveries = []
  // The message came as JSON, so every value in it can be pushed.
  for (let time = 0; time < times; time += 1) {
    deliveries.push(await platform.pushes.deliver(app, complete as PushMessage))
  }

  return deliveries
}

/** Pushes a change of a person's data or authorization, which a server must act on. */
export const pushUserEvent = async (
  { appid, person: name, event, revokeInfo, times = 1 }: UserEventRequest,
  platform: Platform,
): Promise<Delivery[]> => {
  const app = requireApp(appid, platform)
  const person = requirePerson(name, platform)
  const message = {
    Event: event,
    OpenID: openidOf(person, app.appid),
    ...(app.openPlatform === undefined ? {} : { UnionID: unionidOf(person, app.openPlatform) }),
    AppID: app.appid,
    ...(revokeInfo === undefined ? {} : { RevokeInfo: revokeInfo }),
  }

  return push({ appid, message, times }, platform)
}

/** A person writes to the app, which may then answer for 48 hours. */
export const pushUserMessage = async (
  { appid, person: name, content }: UserMessageRequest,
  platform: Platform,
): Promise<Delivery[]> => {
  const app = requireApp(appid, platform)
  const person = requirePerson(name, platform)
  platform.conversations.open(app.appid, person.name, 'wrote')
  const message = {
    FromUserName: openidOf(person, app.appid),
    MsgType: 'text',
    Content: content,
    MsgId: randomBytes(6).readUIntBE(0, 6),
  }

  return push({ appid, message }, platform)
}

/** A person opens the conversation, which the app may then answer twice within a minute. */
export const pushUserEntry = async (
  { appid, person: name }: LoginRequest,
  platform: Platform,
): Promise<Delivery[]> => {
  const app = requireApp(appid, platform)
  const person = requirePerson(name, platform)
  platform.conversations.open(app.appid, person.name, 'entered')
  const message = {
    FromUserName: openidOf(person, app.appid),
    Event: 'user_enter_tempsession',
    SessionFrom: 'wxapp',
  }

  return push({ appid, message }, platform)
}
