import { expect, it } from 'vitest'
import { start } from './support/start'

const load = async (sdkVersion?: string) => {
  await start({
    prepare: ({ state }) => {
      state.sdkVersion = sdkVersion
    },
  })

  return import('../miniprogram/ui/phone-button')
}

const OK = 'getPhoneNumber:ok'
const DATA = { encryptedData: 'c2VjcmV0', iv: 'aXY=' }

it('returns the code alone, and encrypted data only where there is no code', async () => {
  const { readPhone } = await load()

  expect(readPhone({ errMsg: OK, code: 'c', ...DATA })).toEqual({ code: 'c' })
  expect(readPhone({ errMsg: OK, code: '', ...DATA })).toEqual(DATA)
})

it.each([
  ['getPhoneNumber:fail user deny', undefined, 'declined'],
  ['getPhoneNumber:fail:user cancel', undefined, 'declined'],
  ['getPhoneNumber:fail privacy permission is not authorized', 104, 'noConsent'],
  ['getPhoneNumber:fail api scope is not declared in the privacy agreement', 112, 'unavailable'],
  ['getPhoneNumber:fail no quota', 1400001, 'unavailable'],
  ['getPhoneNumber:fail no permission', undefined, 'unavailable'],
  ['getPhoneNumber:fail jsapi has no permission, event_id=1', undefined, 'unavailable'],
  ['getPhoneNumber:fail timeout', undefined, 'failed'],
  [OK, undefined, 'failed'],
])('reads %s (errno %s) as %s', async (errMsg, errno, why) => {
  const { readPhone } = await load()

  expect(readPhone(errno === undefined ? { errMsg } : { errMsg, errno })).toBe(why)
})

it.each([
  ['2.21.2', true],
  ['2.21.10', true],
  ['3.0.0', true],
  ['2.21.1', false],
  ['2.9.5', false],
  ['1.99.99', false],
  ['', false],
  [undefined, false],
])('knows whether base library %s gives a code', async (sdkVersion, given) => {
  const { givesCode } = await load(sdkVersion)

  expect(givesCode()).toBe(given)
})
