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
let person: { openid: string; sessionKey: string }

const MEI = { appid: APP_ID, person: 'mei' }

beforeAll(async () => {
  simulator = await startSimulator({ apps: [{ appid: APP_ID, secret: APP_SECRET }] })
  wechat = createFullClient({ appId: APP_ID, appSecret: APP_SECRET, baseUrl: simulator.url })
  await simulator.control.createPerson({ name: 'mei', phone: '13800138000', riskRank: 2 })
  const { code } = await simulator.control.login(MEI)
  person = await wechat.code2Session(code)
})
afterAll(async () => {
  await wechat.close()
  await simulator.close()
})

describe('against a simulated WeChat', () => {
  it('a phone number by code, once', async () => {
    const { code = '' } = await simulator.control.phoneCode(MEI)
    expect(await wechat.getPhoneNumber(code, { openid: person.openid })).toMatchObject({
      purePhoneNumber: '13800138000',
      countryCode: '86',
    })
    expect(await failureOf(wechat.getPhoneNumber(code), code)).toMatchObject({
      reason: 'code_invalid',
    })
  })

  it('a phone number by encryptedData, with the key of that very person', async () => {
    const { encryptedData = '', iv = '' } = await simulator.control.phoneCode(MEI)
    const input = { appId: APP_ID, sessionKey: person.sessionKey, encryptedData, iv }
    expect(decryptPhoneNumber(input)).toMatchObject({ purePhoneNumber: '13800138000' })
    expect(() => decryptPhoneNumber({ ...input, appId: 'wx0' })).toThrow(UserDataError)
  })

  it('the profile with its signature', async () => {
    const info = await simulator.control.userInfo(MEI)
    const { sessionKey } = person
    expect(isRawDataSignature(info.signature, { rawData: info.rawData, sessionKey })).toBe(true)
    expect(decryptUserData({ appId: APP_ID, sessionKey, ...info })).toMatchObject({
      openId: person.openid,
      nickName: '微信用户',
    })
  })

  it('whether a session_key lives, and a new one', async () => {
    expect(await wechat.checkSessionKey(person)).toBe(true)
    const before = person
    person = await wechat.resetUserSessionKey(person)

    expect(person.openid).toBe(before.openid)
    expect(await wechat.checkSessionKey(person)).toBe(true)
    expect(await wechat.checkSessionKey(before)).toBe(false)
  })

  it('the keys of the encrypted channel', async () => {
    const inClient = await simulator.control.userEncryptKey(MEI)
    const [key] = await wechat.getUserEncryptKey(person)
    expect(key).toMatchObject({ encryptKey: inClient.encryptKey, iv: inClient.iv })
  })

  it('content, pictures of people and their risk', async () => {
    await simulator.control.addVerdict({ contains: '广告', suggest: 'risky', label: 10001 })
    const check = { openid: person.openid, scene: 'comment' as const }
    expect(await wechat.msgSecCheck({ ...check, content: '你好' })).toMatchObject({
      suggest: 'pass',
    })
    expect(await wechat.msgSecCheck({ ...check, content: '广告' })).toMatchObject({
      suggest: 'risky',
      label: 10001,
    })
    const media = { mediaUrl: 'https://files.example/a.png', mediaType: 'image' as const }
    expect((await wechat.mediaCheckAsync({ ...check, ...media })).traceId).not.toBe('')
    const query = { openid: person.openid, scene: 0 as const, clientIp: '203.0.113.9' }
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

  it('a subscribed message, one for each consent', async () => {
    const templateId = 'T'.repeat(43)
    await simulator.control.addTemplate({ appid: APP_ID, templateId, fields: ['thing1'] })
    await simulator.control.requestSubscribe({
      ...MEI,
      tmplIds: [templateId],
      answers: { [templateId]: 'accept' },
    })
    const message = { touser: person.openid, templateId, data: { thing1: '周会' } }
    expect((await wechat.sendSubscribeMessage(message)).msgId).toMatch(/^\d+$/)
    expect(await failureOf(wechat.sendSubscribeMessage(message))).toMatchObject({
      reason: 'rejected',
      errcode: 43101,
    })
  })

  it('an answer of customer service with a picture', async () => {
    const data = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70])
    const file = { filename: 'a.jpg', contentType: 'image/jpeg', data }
    const { mediaId } = await wechat.uploadMedia(file)
    expect((await wechat.getMedia(mediaId)).data.equals(data)).toBe(true)

    await simulator.control.userMessage({ ...MEI, content: '你好' })
    await wechat.sendCustomMessage(person.openid, { type: 'image', mediaId })
    expect(await simulator.control.messages()).toHaveLength(2)
  })
})

describe('the access_token of a simulated WeChat', () => {
  it('lives through its end, a forced change and the overlap', async () => {
    const tokenStore = createMemoryTokenStore()
    const create = () =>
      createFullClient({
        appId: APP_ID,
        appSecret: APP_SECRET,
        baseUrl: simulator.url,
        tokenStore,
      })
    const [first, second] = [create(), create()]
    await first.checkSessionKey(person)
    await second.accessToken.forceRefresh()
    expect(await first.checkSessionKey(person)).toBe(true)
    await simulator.control.advanceClock(7_300_000)
    expect(await first.checkSessionKey(person)).toBe(true)
    await Promise.all([first.close(), second.close()])
  })

  it('is refused to an address that is not on the white-list', async () => {
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
