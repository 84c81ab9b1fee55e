import { describe, expect, it } from 'vitest'
import type { PushMessage } from './push-message.ts'
import { toPushEvent } from './push-message.ts'

const APP_ID = 'wxb11529c136998cb6'

const REVOKED = {
  ToUserName: 'gh_97417a04a28d',
  FromUserName: 'oService',
  CreateTime: 1_714_037_059,
  MsgType: 'event',
  Event: 'user_authorization_revoke',
  OpenID: 'oPerson',
  AppID: APP_ID,
  RevokeInfo: '6',
}

describe('events that a mini-program must act upon', () => {
  const message = (fields: object): PushMessage => ({ ...REVOKED, ...fields })

  it.each(['user_info_modified', 'user_authorization_cancellation'])(
    '%s names the user',
    (Event) => {
      expect(toPushEvent(message({ Event }), APP_ID)).toEqual({ kind: Event, openid: 'oPerson' })
    },
  )

  it('one event may withdraw several consents', () => {
    const event = toPushEvent(message({ RevokeInfo: ['6', 8, '19,20'] }), APP_ID)
    expect(event).toMatchObject({ revokedInfo: ['6', '8', '19', '20'] })
  })

  it('wxa_media_check carries the verdict', () => {
    const check = message({
      Event: 'wxa_media_check',
      appid: APP_ID,
      trace_id: '60ae120f-371d5872-7941a05b',
      errcode: 0,
      result: { suggest: 'risky', label: 20002 },
    })
    expect(toPushEvent(check, APP_ID)).toEqual({
      kind: 'wxa_media_check',
      traceId: '60ae120f-371d5872-7941a05b',
      suggest: 'risky',
      label: 20002,
    })
    expect(toPushEvent({ ...check, errcode: -1 }, APP_ID)).toBeNull()
  })

  it.each([
    ['of another appid', { AppID: 'wx0' }],
    ['without a user', { OpenID: undefined }],
    ['of another kind', { Event: 'subscribe_msg_of_tomorrow' }],
    ['that are messages', { MsgType: 'text' }],
  ])('those %s are left to the caller', (_what, fields) => {
    expect(toPushEvent(message(fields), APP_ID)).toBeNull()
  })
})

describe('events about subscribe messages', () => {
  const { OpenID: _, AppID: __, ...rest } = REVOKED
  const message = (Event: string, fields: object): PushMessage => ({ ...rest, Event, ...fields })
  const one = { TemplateId: 'T1', SubscribeStatusString: 'accept', PopupScene: '0' }
  const other = { TemplateId: 'T2', SubscribeStatusString: 'reject', PopupScene: '0' }

  it.each([
    ['a list', { List: [one, other] }],
    ['a list in the container of XML', { SubscribeMsgPopupEvent: { List: [one, other] } }],
  ])('tell what the user chose, by template: %s', (_what, fields) => {
    expect(toPushEvent(message('subscribe_msg_popup_event', fields), APP_ID)).toEqual({
      kind: 'subscribe_msg_popup_event',
      openid: 'oService',
      choices: [
        { templateId: 'T1', accepted: true },
        { templateId: 'T2', accepted: false },
      ],
    })
  })

  it.each([
    ['an object', { List: other }],
    ['an object in the container of XML', { SubscribeMsgChangeEvent: { List: other } }],
  ])('tell one choice by %s', (_what, fields) => {
    expect(toPushEvent(message('subscribe_msg_change_event', fields), APP_ID)).toMatchObject({
      kind: 'subscribe_msg_change_event',
      choices: [{ templateId: 'T2', accepted: false }],
    })
  })

  it('tell what became of a message', () => {
    const List = { TemplateId: 'T1', MsgID: '1', ErrorCode: '0', ErrorStatus: 'success' }
    expect(toPushEvent(message('subscribe_msg_sent_event', { List }), APP_ID)).toMatchObject({
      kind: 'subscribe_msg_sent_event',
      sent: [{ templateId: 'T1', errorCode: 0 }],
    })
  })

  it.each([undefined, null, 'x', [null, 1], { TemplateId: 1 }, []])(
    'name no template in the malformed list %j',
    (List) => {
      expect(toPushEvent(message('subscribe_msg_popup_event', { List }), APP_ID)).toMatchObject({
        choices: [],
      })
    },
  )
})
