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
    ['of another kind', { Event: 'subscribe_msg_popup_event' }],
    ['that are messages', { MsgType: 'text' }],
  ])('those %s are left to the caller', (_what, fields) => {
    expect(toPushEvent(message(fields), APP_ID)).toBeNull()
  })
})
