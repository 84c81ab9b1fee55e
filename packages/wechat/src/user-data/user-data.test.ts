import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import type { EncryptedUserData } from './index.ts'
import {
  decryptPhoneNumber,
  decryptUserData,
  isRawDataSignature,
  signWithSessionKey,
  UserDataError,
} from './index.ts'

// The example of https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/signature.html
const EXAMPLE: EncryptedUserData = {
  appId: 'wx4f4bc4dec97d474b',
  sessionKey: 'tiihtNczf5v6AKRyjwEUhQ==',
  iv: 'r7BXXKkLb8qrSNn05n0qiA==',
  encryptedData: [
    'CiyLU1Aw2KjvrjMdj8YKliAjtP4gsMZMQmRzooG2xrDcvSnxIMXFufNstNGTyaGS',
    '9uT5geRa0W4oTOb1WT7fJlAC+oNPdbB+3hVbJSRgv+4lGOETKUQz6OYStslQ142d',
    'NCuabNPGBzlooOmB231qMM85d2/fV6ChevvXvQP8Hkue1poOFtnEtpyxVLW1zAo6',
    '/1Xx1COxFvrc2d7UL/lmHInNlxuacJXwu0fjpXfz/YqYzBIBzD6WUfTIF9GRHpOn',
    '/Hz7saL8xz+W//FRAUid1OksQaQx4CMs8LOddcQhULW4ucetDf96JcR3g0gfRK4P',
    'C7E/r7Z6xNrXd2UIeorGj5Ef7b1pJAYB6Y5anaHqZ9J6nKEBvB4DnNLIVWSgARns',
    '/8wR2SiRS7MNACwTyrGvt9ts8p12PKFdlqYTopNHR1Vf7XjfhQlVsAJdNiKdYmYV',
    'oKlaRv85IfVunYzO0IKXsyl7JCUjCpoG20f0a04COwfneQAGGwd5oa+T8yO5hzuy',
    'Db/XcxxmK01EpqOyuxINew==',
  ].join(''),
  now: 1_477_314_187_000,
}

const encrypt = (data: unknown, body = Buffer.from(JSON.stringify(data))): EncryptedUserData => {
  const [key, iv] = [randomBytes(16), randomBytes(16)]
  const cipher = createCipheriv('aes-128-cbc', key, iv)
  const encrypted = Buffer.concat([cipher.update(body), cipher.final()])

  return {
    appId: 'wx1',
    sessionKey: key.toString('base64'),
    iv: iv.toString('base64'),
    encryptedData: encrypted.toString('base64'),
  }
}

const nowSeconds = () => Math.floor(Date.now() / 1_000)

describe('encrypted user data', () => {
  it('is decrypted as in WeChat’s example', () => {
    expect(decryptUserData(EXAMPLE)).toMatchObject({
      openId: 'oGZUI0egBJY1zhBYw2KhdUfwVJJE',
      watermark: { timestamp: 1_477_314_187, appid: 'wx4f4bc4dec97d474b' },
    })
  })

  it.each([-299, 599])('is read by a server whose clock is %i s after the watermark', (seconds) => {
    const now = (1_477_314_187 + seconds) * 1_000
    expect(decryptUserData({ ...EXAMPLE, now })).toMatchObject({ openId: expect.any(String) })
  })

  it.each<[string, Partial<EncryptedUserData>]>([
    ['another session_key', { sessionKey: 'tiihtNczf5v6AKRyjwEUhw==' }],
    ['another iv', { iv: 's7BXXKkLb8qrSNn05n0qiA==' }],
    ['a malformed session_key', { sessionKey: 'short' }],
    ['another appid', { appId: 'wx4f4bc4dec97d474c' }],
    ['age', { now: 1_477_314_787_001 }],
    ['a watermark of the future', { now: 1_477_313_886_000 }],
    ['cut data', { encryptedData: EXAMPLE.encryptedData.slice(0, -24) }],
    ['cut base64', { encryptedData: EXAMPLE.encryptedData.slice(0, 30) }],
    ['no data', { encryptedData: '' }],
    ['too much data', { encryptedData: 'A'.repeat(65_537) }],
  ])('%s is refused with one error that does not say why', (_what, change) => {
    const read = () => decryptUserData({ ...EXAMPLE, ...change })
    expect(read).toThrow(UserDataError)
    expect(read).toThrow(/^The encrypted user data is not acceptable$/)
  })

  it.each([
    ['text that is not JSON', 'hello'],
    ['a JSON number', '7'],
    ['no watermark', '{"phoneNumber":"1"}'],
    ['a watermark of text', '{"watermark":{"appid":"wx1","timestamp":"1"}}'],
  ])('%s is refused with the same error', (_what, text) => {
    expect(() => decryptUserData(encrypt(null, Buffer.from(text)))).toThrow(UserDataError)
  })

  it('no input makes it throw another error', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.base64String(), (sessionKey, iv, encryptedData) => {
        expect(() => decryptUserData({ appId: 'wx1', sessionKey, iv, encryptedData })).toThrow(
          UserDataError,
        )
      }),
    )
  })

  it('contains a phone number', () => {
    const watermark = { appid: 'wx1', timestamp: nowSeconds() }
    const phone = {
      phoneNumber: '13800138000',
      purePhoneNumber: '13800138000',
      countryCode: '86',
    }
    expect(decryptPhoneNumber(encrypt({ ...phone, watermark }))).toEqual(phone)
    expect(() => decryptPhoneNumber(encrypt({ watermark }))).toThrow(UserDataError)
  })
})

describe('the work for encrypted user data', () => {
  const phone = { phoneNumber: '13800138000', purePhoneNumber: '13800138000', countryCode: '86' }
  const good = encrypt({ ...phone, watermark: { appid: 'wx1', timestamp: nowSeconds() } })
  const bytes = Buffer.from(good.encryptedData, 'base64')
  const flipped = (at: number) => {
    const copy = Buffer.from(bytes)
    copy[at] = (copy.at(at) ?? 0) ^ 1
    return copy.toString('base64')
  }

  const deciphers: { final(): Buffer } = Object.getPrototypeOf(
    createDecipheriv('aes-128-cbc', Buffer.alloc(16), Buffer.alloc(16)),
  )

  it.each<[string, EncryptedUserData]>([
    ['valid data', good],
    ['wrong padding', { ...good, encryptedData: flipped(bytes.length - 17) }],
    ['wrong padding and nonsense', { ...good, encryptedData: flipped(bytes.length - 1) }],
    ['text that is not JSON', { ...good, encryptedData: flipped(20) }],
    ['text that is not UTF-8', encrypt(null, Buffer.from('"\xff"', 'latin1'))],
    ['another key', { ...good, sessionKey: EXAMPLE.sessionKey }],
    ['a malformed key', { ...good, sessionKey: 'short' }],
    ['a malformed iv', { ...good, iv: 'AAAA' }],
    ['half a block', { ...good, encryptedData: good.encryptedData.slice(0, 24) }],
    ['no data', { ...good, encryptedData: '' }],
    ['another appid', { ...good, appId: 'wx2' }],
    ['age', { ...good, now: Date.now() + 900_000 }],
    ['no watermark', encrypt(phone)],
    ['no number', encrypt({ watermark: { appid: 'wx1', timestamp: nowSeconds() } })],
  ])('is the same for %s', (_what, input) => {
    const deciphered = vi.spyOn(deciphers, 'final')
    const parsed = vi.spyOn(JSON, 'parse')
    try {
      decryptPhoneNumber(input)
    } catch {}
    const outcomes = parsed.mock.results.map(({ type }) => type)
    parsed.mockRestore()

    expect(deciphered).toHaveBeenCalledOnce()
    expect(outcomes.sort()).toEqual(['return', 'throw'])
  })
})

it('of the 256 values of the byte that decides the padding, all but the right one fail alike', () => {
  const good = encrypt({ watermark: { appid: 'wx1', timestamp: nowSeconds() } })
  const bytes = Buffer.from(good.encryptedData, 'base64')
  const outcomes = Array.from({ length: 256 }, (_, value) => {
    bytes[bytes.length - 17] = value
    try {
      decryptUserData({ ...good, encryptedData: bytes.toString('base64') })
      return 'accepted'
    } catch (error) {
      return `${error}`
    }
  })

  expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(1)
  expect(new Set(outcomes).size).toBe(2)
})

describe('signatures with a session_key', () => {
  it.each([
    ['{"foo":"bar"}', '654571f79995b2ce1e149e53c0a33dc39c0a74090db514261454e8dbe432aa0b'],
    ['', '46e043c5525c2d817c44be603d30837a808a1d930d038f6fdc3e62a201fed128'],
  ])('hmac_sha256 of %j uses the base64 text as the key', (data, expected) => {
    expect(signWithSessionKey('o0q0otL8aEzpcZL/FT9WsQ==', data)).toBe(expected)
  })

  it('a signature of rawData is accepted only for the same rawData', () => {
    const sessionKey = 'HyVFkGl5F5OQWJZZaNzBBg=='
    const rawData = JSON.stringify({
      nickName: 'Band',
      gender: 1,
      language: 'zh_CN',
      city: 'Guangzhou',
      province: 'Guangdong',
      country: 'CN',
      avatarUrl:
        'http://wx.qlogo.cn/mmopen/vi_32/1vZvI39NWFQ9XM4LtQpFrQJ1xlgZxx3w7bQxKARol6503Iuswjjn6nIGBiaycAjAtpujxyzYsrztuuICqIM5ibXQ/0',
    })
    const signature = '75e81ceda165f4ffa64f4068af58c64b8f54b88c'

    expect(isRawDataSignature(signature, { rawData, sessionKey })).toBe(true)
    expect(isRawDataSignature(signature, { rawData: `${rawData} `, sessionKey })).toBe(false)
    expect(isRawDataSignature('', { rawData, sessionKey })).toBe(false)
  })
})
