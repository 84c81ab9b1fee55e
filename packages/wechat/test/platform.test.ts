import type { Simulator } from '@oa/wechat-simulator'
import { startSimulator } from '@oa/wechat-simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMemoryTokenStore } from '../src/index.ts'
import {
  decryptPhoneNumber,
  decryptUserData,
  isRawDataSignature,
  UserDataError,
} from '../src/user-data/index.ts'
import type { FullClient } from './full-client.ts'
import { createFullClient } from './full-client.ts'
import { APP_ID, APP_SECRET, failureOf } from './support.ts'

let simulator: Simulator
let wechat: FullClient
let user: { openid: string; sessionKey: string }

const MEI = { appid: APP_ID, person: 'mei' }

beforeAll(async () => {
  simulator = await startSimulator({ apps: [{ appid: APP_ID, secret: APP_SECRET }] })
  wechat = createFullClient({ appId: APP_ID, appSecret: APP_SECRET, baseUrl: simulator.url })
  await simulator.control.createPerson({ name: 'mei', phone: '13800138000', riskRank: 2 })
  const { code } = await simulator.control.login(MEI)
  user = await wechat.code2Session(code)
})
afterAll(async () => {
  await wechat.close()
  await simulator.close()
})

describe('against a simulated WeChat', () => {
  it('a phone number by code, once', async () => {
    const { code = '' } = await simulator.control.phoneCode(MEI)
    expect(await wechat.getPhoneNumber(code, { openid: user.openid })).toMatchObject({
      purePhoneNumber: '13800138000',
      countryCode: '86',
    })
    expect(await failureOf(wechat.getPhoneNumber(code), code)).toMatchObject({
      reason: 'code_invalid',
    })
  })

  it('a phone number by encryptedData, with the session_key of the same user', async () => {
    const { encryptedData = '', iv = '' } = await simulator.control.phoneCode(MEI)
    const input = { appId: APP_ID, sessionKey: user.sessionKey, encryptedData, iv }
    expect(decryptPhoneNumber(input)).toMatchObject({ purePhoneNumber: '13800138000' })
    expect(() => decryptPhoneNumber({ ...input, appId: 'wx0' })).toThrow(UserDataError)
  })

  it('the profile with its signature', async () => {
    const info = await simulator.control.userInfo(MEI)
    const { sessionKey } = user
    expect(isRawDataSignature(info.signature, { rawData: info.rawData, sessionKey })).toBe(true)
    expect(decryptUserData({ appId: APP_ID, sessionKey, ...info })).toMatchObject({
      openId: user.openid,
      nickName: '微信用户',
    })
  })

  it('whether a session_key is valid, and a new one', async () => {
    expect(await wechat.checkSessionKey(user)).toBe(true)
    const before = user
    user = await wechat.resetUserSessionKey(user)

    expect(user.openid).toBe(before.openid)
    expect(await wechat.checkSessionKey(user)).toBe(true)
    expect(await wechat.checkSessionKey(before)).toBe(false)
  })

  it('the keys of the encrypted channel', async () => {
    const inClient = await simulator.control.userEncryptKey(MEI)
    const [key] = await wechat.getUserEncryptKey(user)
    expect(key).toMatchObject({ encryptKey: inClient.encryptKey, iv: inClient.iv })
  })

  it('verdicts on texts, pictures and users', async () => {
    await simulator.control.addVerdict({ contains: '广告', suggest: 'risky', label: 10001 })
    const check = { openid: user.openid, scene: 'comment' as const }
    expect(await wechat.msgSecCheck({ ...check, content: '你好' })).toMatchObject({
      suggest: 'pass',
    })
    expect(await wechat.msgSecCheck({ ...check, content: '广告' })).toMatchObject({
      suggest: 'risky',
      label: 10001,
    })
    const media = { mediaUrl: 'https://files.example/a.png', mediaType: 'image' as const }
    expect((await wechat.mediaCheckAsync({ ...check, ...media })).traceId).not.toBe('')
    const query = { openid: user.openid, scene: 0 as const, clientIp: '203.0.113.9' }
    expect((await wechat.getUserRiskRank(query)).rank).toBe(2)
  })

  it('codes and links', async () => {
    const images = [
      await wechat.getWxaCodeUnlimit({ scene: 'meeting=1' }),
      await wechat.getWxaCode({ path: 'pages/index/index?x=1' }),
      await wechat.createWxaQrCode({ path: 'pages/index/index' }),
    ]
    for (const { contentType, data } of images) {
      expect(contentType).toMatch(/^image\//)
      expect(data.length).toBeGreaterThan(100)
    }
    const link = { path: '/pages/index/index', expires: { days: 1 } }
    expect(await wechat.generateScheme(link)).toMatch(/^weixin:/)
    expect(await wechat.generateUrlLink(link)).toMatch(/^https:/)
  })

  it('a subscription message, one for each consent', async () => {
    const templateId = 'T'.repeat(43)
    await simulator.control.addTemplate({ appid: APP_ID, templateId, fields: ['thing1'] })
    await simulator.control.requestSubscribe({
      ...MEI,
      tmplIds: [templateId],
      answers: { [templateId]: 'accept' },
    })
    const message = { touser: user.openid, templateId, data: { thing1: '周会' } }
    expect((await wechat.sendSubscribeMessage(message)).msgId).toMatch(/^\d+$/)
    expect(await failureOf(wechat.sendSubscribeMessage(message))).toMatchObject({
      reason: 'rejected',
      errcode: 43101,
    })
  })

  it('a customer-service message with a picture', async () => {
    const data = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70])
    const file = { filename: 'a.jpg', contentType: 'image/jpeg', data }
    const { mediaId } = await wechat.uploadMedia(file)
    expect((await wechat.getMedia(mediaId)).data.equals(data)).toBe(true)

    await simulator.control.userMessage({ ...MEI, content: '你好' })
    await wechat.sendCustomMessage(user.openid, { type: 'image', mediaId })
    expect(await simulator.control.messages()).toHaveLength(2)
  })
})

describe('the access_token of a simulated WeChat', () => {
  it('survives its expiry, a forced replacement and the overlap', async () => {
    const tokenStore = createMemoryTokenStore()
    const create = () =>
      createFullClient({
        appId: APP_ID,
        appSecret: APP_SECRET,
        baseUrl: simulator.url,
        tokenStore,
      })
    const [first, second] = [create(), create()]
    await first.checkSessionKey(user)
    await second.accessToken.forceRefresh()
    expect(await first.checkSessionKey(user)).toBe(true)
    await simulator.control.advanceClock(7_300_000)
    expect(await first.checkSessionKey(user)).toBe(true)
    await Promise.all([first.close(), second.close()])
  })

  it('is refused to an IP address that is not white-listed', async () => {
    const app = { appid: 'wx9', secret: APP_SECRET, ipWhitelist: ['203.0.113.9'] }
    await simulator.control.createApp(app)
    const client = createFullClient({
      appId: 'wx9',
      appSecret: APP_SECRET,
      baseUrl: simulator.url,
    })
    const error = await failureOf(client.accessToken.get())
    expect(error).toMatchObject({ reason: 'misconfigured', errcode: 40164 })
    expect(error.message).toContain('127.0.0.1')
    await client.close()
  })
})
