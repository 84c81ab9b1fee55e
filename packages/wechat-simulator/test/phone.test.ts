import { createDecipheriv, createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { SimulatorOptions } from '../src/index.ts'
import { APP, code2Session, createApi, useSimulator } from './support.ts'

const start = useSimulator()
const OTHER_APP = { appid: 'wx2222222222222222', secret: 'b'.repeat(32) }
const PATH = '/wxa/business/getuserphonenumber'
const alice = { appid: APP.appid, person: 'alice' }

const startSignedIn = async (options: SimulatorOptions = {}) => {
  const simulator = await start(options)
  await simulator.control.createPerson({ name: 'alice', phone: '13800138000' })
  const { code } = await simulator.control.login(alice)
  const { body } = await code2Session(simulator, { js_code: code })
  const { session_key: key = '', openid = '' } = body as Record<string, string>

  return { ...simulator, key, openid, api: await createApi(simulator) }
}

const decrypt = (sealed: { encryptedData?: string; iv?: string }, key: string) => {
  const [bytes, iv, data] = [key, sealed.iv ?? '', sealed.encryptedData ?? ''].map((text) =>
    Buffer.from(text, 'base64'),
  ) as [Buffer, Buffer, Buffer]
  const decipher = createDecipheriv('aes-128-cbc', bytes, iv)

  return JSON.parse(Buffer.concat([decipher.update(data), decipher.final()]).toString())
}

describe('getPhoneNumber', () => {
  it('hands out a code that yields the phone number once', async () => {
    const { api, control } = await startSignedIn()
    const detail = await control.phoneCode(alice)
    const seconds = Math.floor((await control.now()) / 1000)
    const answer = await api.post(PATH, { code: detail.code })

    expect(answer).toEqual({
      errcode: 0,
      errmsg: 'ok',
      phone_info: {
        phoneNumber: '13800138000',
        purePhoneNumber: '13800138000',
        countryCode: '86',
        watermark: { timestamp: expect.any(Number), appid: APP.appid },
      },
    })
    const { watermark } = answer.phone_info as { watermark: { timestamp: number } }
    expect(Math.abs(watermark.timestamp - seconds)).toBeLessThan(30)
    expect(await api.post(PATH, { code: detail.code })).toMatchObject({ errcode: 40029 })
  })

  it('shows the country code of a foreign number, or of every number by a setting', async () => {
    const { api, control } = await startSignedIn()
    await control.createPerson({ name: 'alice', countryCode: '1', phone: '2025550100' })
    const foreign = await control.phoneCode(alice)
    expect(await api.post(PATH, { code: foreign.code })).toMatchObject({
      phone_info: { phoneNumber: '+12025550100', purePhoneNumber: '2025550100', countryCode: '1' },
    })
    await control.changeSettings({ phonePrefix: 'always' })
    await control.createPerson({ name: 'alice', countryCode: '86', phone: '13800138000' })
    const chinese = await control.phoneCode(alice)
    expect(await api.post(PATH, { code: chinese.code })).toMatchObject({
      phone_info: { phoneNumber: '+8613800138000' },
    })
  })

  it('answers 40029 for a wx.login code, and a phone code does not sign in', async () => {
    const simulator = await startSignedIn()
    const { code: loginCode } = await simulator.control.login(alice)
    const { code: phoneCode } = await simulator.control.phoneCode(alice)

    expect(await simulator.api.post(PATH, { code: loginCode })).toMatchObject({ errcode: 40029 })
    expect((await code2Session(simulator, { js_code: phoneCode })).body.errcode).toBe(40029)
  })

  it('answers 40013 to another app and 40029 for the openid of another person', async () => {
    const { api, control, url } = await startSignedIn({ apps: [APP, OTHER_APP] })
    const other = await createApi({ url }, OTHER_APP)
    const { code } = await control.phoneCode(alice)

    expect(await other.post(PATH, { code })).toMatchObject({ errcode: 40013 })
    expect(await api.post(PATH, { code, openid: 'oBob' })).toMatchObject({ errcode: 40029 })
  })

  it('hands out codes that live for five minutes', async () => {
    const { api, control } = await startSignedIn()
    const { code } = await control.phoneCode(alice)
    await control.advanceClock(300_000)

    expect(await api.post(PATH, { code })).toMatchObject({ errcode: 40029 })
  })

  it('is paid for when the button is answered, not when the code is exchanged', async () => {
    const { control } = await startSignedIn({ apps: [{ ...APP, phoneQuota: 1 }] })
    expect(await control.phoneCode({ ...alice, deny: true })).toEqual({
      errMsg: 'getPhoneNumber:fail user deny',
    })
    expect(await control.phoneCode(alice)).toHaveProperty('code')

    expect(await control.phoneCode(alice)).toEqual({
      errMsg: 'getPhoneNumber:fail no quota',
      errno: 1400001,
    })
  })

  it('carries the time at which the button was answered', async () => {
    const { api, control } = await startSignedIn()
    const answered = Math.floor((await control.now()) / 1000)
    const { code } = await control.phoneCode(alice)
    await control.advanceClock(200_000)
    const { phone_info } = await api.post(PATH, { code })

    const { watermark } = phone_info as { watermark: { timestamp: number } }
    expect(watermark.timestamp - answered).toBeLessThan(100)
  })

  it('also encrypts the number with the current session_key', async () => {
    const { control, key } = await startSignedIn({ settings: { sessionKeyMinRefreshMs: 1000 } })
    const sealed = await control.phoneCode(alice)
    expect(decrypt(sealed, key)).toMatchObject({
      purePhoneNumber: '13800138000',
      watermark: { appid: APP.appid },
    })

    await control.advanceClock(1000)
    await control.login(alice)
    const later = await control.phoneCode(alice)
    expect(() => decrypt(later, key)).toThrow()
  })

  it('gives a person without a session_key a code that works, and nothing encrypted', async () => {
    const { api, control } = await startSignedIn()
    await control.endSession(alice)

    const { code, encryptedData } = await control.phoneCode(alice)
    expect(encryptedData).toBeUndefined()
    expect(await api.post(PATH, { code })).toMatchObject({ errcode: 0 })
  })
})

describe('getRealtimePhoneNumber', () => {
  const realtime = { ...alice, realtime: true }

  it('hands out a code alone, which is exchanged like the other one', async () => {
    const { api, control } = await startSignedIn()
    const detail = await control.phoneCode(realtime)

    expect(detail).toEqual({
      errMsg: 'getRealtimePhoneNumber:ok',
      code: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    expect(await api.post(PATH, { code: detail.code })).toMatchObject({
      phone_info: { purePhoneNumber: '13800138000' },
    })
  })

  it('has a quota of its own', async () => {
    const { control } = await startSignedIn({
      apps: [{ ...APP, phoneQuota: 1, realtimePhoneQuota: 1 }],
    })
    await control.phoneCode(realtime)

    expect(await control.phoneCode(realtime)).toEqual({
      errMsg: 'getRealtimePhoneNumber:fail no quota',
      errno: 1400001,
    })
    expect(await control.phoneCode(alice)).toHaveProperty('code')
  })

  it('can be refused, and needs no session_key', async () => {
    const { control } = await startSignedIn()
    await control.endSession(alice)

    expect(await control.phoneCode({ ...realtime, deny: true })).toEqual({
      errMsg: 'getRealtimePhoneNumber:fail user deny',
    })
    expect(await control.phoneCode(realtime)).toHaveProperty('code')
  })
})

describe('the profile', () => {
  const profile = { nickName: '小明 😀', city: 'Shenzhen', gender: 1 }

  it('is anonymous for getUserInfo, and encrypted together with the openid', async () => {
    const { control, key, openid } = await startSignedIn()
    await control.createPerson({ name: 'alice', profile })
    const answer = await control.userInfo(alice)

    expect(answer.userInfo).toMatchObject({ nickName: '微信用户', gender: 0, city: '' })
    expect(JSON.parse(answer.rawData)).toEqual(answer.userInfo)
    expect(answer.signature).toBe(
      createHash('sha1')
        .update(answer.rawData + key)
        .digest('hex'),
    )
    expect(decrypt(answer, key)).toMatchObject({ openId: openid, nickName: '微信用户' })
  })

  it.each([
    ['2.27.0', '小明 😀'],
    ['2.9.5', '小明 😀'],
    ['2.27.1', '微信用户'],
    ['3.4.2', '微信用户'],
  ])('of getUserProfile on base library %s is called %s', async (libVersion, nickName) => {
    const { control, key } = await startSignedIn()
    await control.createPerson({ name: 'alice', profile })
    const answer = await control.userInfo({ ...alice, api: 'getUserProfile', libVersion })

    expect(answer).toMatchObject({ errMsg: 'getUserProfile:ok', userInfo: { nickName } })
    expect(decrypt(answer, key)).toMatchObject({ nickName })
    expect(decrypt(answer, key)).not.toHaveProperty('openId')
  })

  it('carries the unionId of an app on an Open Platform account', async () => {
    const { control, key } = await startSignedIn({ apps: [{ ...APP, openPlatform: 'acme' }] })

    expect(decrypt(await control.userInfo(alice), key).unionId).toMatch(/^o.{27}$/)
  })
})
