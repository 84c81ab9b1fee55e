import { expect, it } from 'vitest'
import { en } from '../miniprogram/i18n/en'
import { zhCN } from '../miniprogram/i18n/zh-CN'
import type { Action } from '../miniprogram/net/errno-actions'
import { actionFor, ERRNO_ACTIONS } from '../miniprogram/net/errno-actions'
import { errnoTexts } from '../miniprogram/net/errno-texts'

// Nothing here stubs `wx`: other tools read the same tables.
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

it('offers to send the same again only for what may pass', () => {
  expect(numbersWith('offerRetry')).toEqual([-1, 502, 702, 706, 707])
})

it('has a way on for each failure that belongs to one step of a flow', () => {
  expect(numbersWith('useNewCode')).toEqual([701])
  expect(numbersWith('offerContact')).toEqual([717])
  expect(numbersWith('askForNewPhoneCode')).toEqual([718])
})

it('shows an errno that only a newer API knows', () => {
  expect(actionFor({ errno: 799 })).toBe('showText')
})

it.each([
  ['zh-CN', zhCN],
  ['en', en],
] as const)(
  'has words of its own in %s for every failure that it acts on, but for two',
  (_, messages) => {
    const worded = Object.entries(errnoTexts(messages)).filter(([, text]) => text !== '')
    const numbers = worded.map(([errno]) => Number(errno))
    const acted = Object.keys(ERRNO_ACTIONS)
      .map(Number)
      .filter((errno) => actionFor({ errno }) !== 'showText' && !numbers.includes(errno))

    // What happened on the phone, and the reason that an operator gave, are in the failure itself.
    expect(acted.sort((a, b) => a - b)).toEqual([-1, 704])
  },
)
