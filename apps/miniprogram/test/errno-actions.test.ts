import { expect, it } from 'vitest'
import { en } from '../miniprogram/i18n/en'
import { zhCN } from '../miniprogram/i18n/zh-CN'
import type { Action } from '../miniprogram/net/errno-actions'
import { actionFor, ERRNO_ACTIONS } from '../miniprogram/net/errno-actions'
import { errnoTexts } from '../miniprogram/net/errno-texts'
import { start } from './support/start'

// Without a `wx`, since tools outside the mini-program read these tables too.
const numbersWith = (...actions: Action[]) =>
  Object.keys(ERRNO_ACTIONS)
    .map(Number)
    .filter((errno) => actions.includes(actionFor({ errno })))
    .sort((a, b) => a - b)

it('signs in silently only where a new sign-in can help', () => {
  expect(numbersWith('renewSession', 'signInAgain')).toEqual([501, 705, 715])
})

it('signs out, and does not sign in silently, when a session was ended on purpose', () => {
  expect(numbersWith('signOut')).toEqual([704, 714])
})

it('offers to send the same request again only for failures that may pass', () => {
  expect(numbersWith('offerRetry')).toEqual([-1, 502, 702, 706, 707, 739])
})

it('handles the failures that only one step of a flow meets', () => {
  expect(numbersWith('useNewCode')).toEqual([701])
  expect(numbersWith('offerContact')).toEqual([717])
  expect(numbersWith('askForNewPhoneCode')).toEqual([718])
})

it('shows the text of an errno that only a newer API knows', () => {
  expect(actionFor({ errno: 799 })).toBe('showText')
})

it.each([
  ['zh-CN', zhCN],
  ['en', en],
] as const)(
  'has a text in %s for every failure that it acts on, except two that bring their own',
  (_, messages) => {
    const worded = Object.entries(errnoTexts(messages)).filter(([, text]) => text !== '')
    const numbers = worded.map(([errno]) => Number(errno))
    const acted = Object.keys(ERRNO_ACTIONS)
      .map(Number)
      .filter((errno) => actionFor({ errno }) !== 'showText' && !numbers.includes(errno))

    // A failure on the phone, and an account that an operator disabled for a stated reason.
    expect(acted.sort((a, b) => a - b)).toEqual([-1, 704])
  },
)

it('says in the language that is shown which of several reasons it is', async () => {
  await start()
  const { chooseLanguage } = await import('../miniprogram/i18n/index')
  const { describeFailure } = await import('../miniprogram/net/failure')
  const failure = { errno: 402, errmsg: '会议室在这段时间不开放', reason: 'roomHours' } as const

  expect(describeFailure(failure)).toBe('会议室在这段时间不开放')
  chooseLanguage('en')
  expect(describeFailure(failure)).toBe('The room is closed at that time')
  expect(describeFailure({ ...failure, reason: 'of later' })).toBe(en.errors.badArgument)
})

it('gives the words of an operator as they are, and says to readers of English whose they are', async () => {
  await start()
  const { chooseLanguage } = await import('../miniprogram/i18n/index')
  const { describeFailure } = await import('../miniprogram/net/failure')
  const own = { errno: 704, errmsg: '请到前台说明情况' } as const
  const coded = { errno: 704, errmsg: '账号存在安全风险，已停用', reason: 'security' } as const

  expect([own, coded].map(describeFailure)).toEqual([own.errmsg, coded.errmsg])
  chooseLanguage('en')
  expect([own, coded].map(describeFailure)).toEqual([
    'The administrator’s words: 请到前台说明情况',
    'Your account was disabled because its security is at risk',
  ])
})
