import { WeChatError } from '@oa/wechat'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { AlertOperator } from './operator-alert.ts'
import { createOperatorAlert } from './operator-alert.ts'

const secretRefused = new WeChatError('misconfigured', 'the AppSecret is wrong', { errcode: 40125 })
const quotaSpent = new WeChatError('quota_exhausted', 'the quota is spent', { errcode: 45009 })
const ofAnotherUser = new WeChatError('rejected', 'not an openid of this appid', { errcode: 40003 })

const APP = 'wx1b2c3d4e5f607182'

describe('an operator is alerted', () => {
  const log = { error: vi.fn(), warn: vi.fn(), info: vi.fn(), debug: vi.fn() }
  let alertOperator: AlertOperator
  beforeEach(() => {
    log.error.mockClear()
    alertOperator = createOperatorAlert(log)
  })

  it('when WeChat refuses our credentials, in words that name the variables', () => {
    alertOperator('signIn', secretRefused, APP)

    expect(log.error).toHaveBeenCalledExactlyOnceWith(
      { err: secretRefused, appId: APP },
      'WeChat refuses this server: check WX_APPID and WX_SECRET, or WX_APPS',
    )
  })

  it('once a minute of each kind, however many calls fail', () => {
    for (let call = 0; call < 3; call += 1) {
      alertOperator('signIn', secretRefused, APP)
      alertOperator('phone', quotaSpent, APP)
      alertOperator('internal', quotaSpent, APP)
    }

    expect(log.error.mock.calls.map(([, text]) => text)).toEqual([
      'WeChat refuses this server: check WX_APPID and WX_SECRET, or WX_APPS',
      "a day's quota of WeChat is spent: raise it, or find out who spends it",
    ])
  })

  it('of each mini-program', () => {
    alertOperator('signIn', secretRefused, APP)
    alertOperator('signIn', secretRefused, 'wx2222222222222222')

    expect(log.error.mock.calls.map(([{ appId }]) => appId)).toEqual([APP, 'wx2222222222222222'])
  })

  it('again once a minute has passed', () => {
    const clock = vi.spyOn(performance, 'now').mockReturnValue(1_000)
    alertOperator('signIn', secretRefused, APP)
    clock.mockReturnValue(61_000)
    alertOperator('signIn', secretRefused, APP)

    expect(log.error).toHaveBeenCalledTimes(2)
  })

  it('not for what the caller can mend in that context', () => {
    alertOperator('phone', ofAnotherUser, APP)
    alertOperator('internal', ofAnotherUser, APP)

    expect(log.error).not.toHaveBeenCalled()
  })

  it('not for an outage, which ends by itself', () => {
    alertOperator('signIn', new WeChatError('timeout', 'no whole answer within 3000 ms'), APP)

    expect(log.error).not.toHaveBeenCalled()
  })
})
