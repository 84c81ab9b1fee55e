import { describe, expect, it } from 'vitest'
import { createWeChatClient } from './index.ts'
import { parseBaseUrl, resolvePolicy } from './options.ts'

describe('options', () => {
  it.each([
    'https://api.weixin.qq.com',
    'https://gateway.corp.example/weixin',
    'http://127.0.0.1:8099',
    'http://127.8.9.1',
    'http://localhost:1',
    'http://[::1]:8099',
  ])('%s may carry the secret', (baseUrl) => {
    expect(parseBaseUrl(baseUrl).href).toContain(baseUrl)
  })

  it.each([
    'http://api.weixin.qq.com',
    'http://127.0.0.1.evil.example',
    'http://10.0.0.1',
    'http://localhost.evil.example',
    'ftp://127.0.0.1',
    'https://user:word@api.weixin.qq.com',
    'https://api.weixin.qq.com/?x=1',
    'https://api.weixin.qq.com/#x',
    'api.weixin.qq.com',
    '',
  ])('%s may not carry the secret', (baseUrl) => {
    const create = () => createWeChatClient({ appId: 'wx1', appSecret: 's3cret', baseUrl })
    expect(create).toThrow(/^baseUrl [a-z ,]+/)
    expect(create).not.toThrow(/s3cret|word/)
  })

  it.each([
    [{ appId: '' }, 'appId'],
    [{ appId: 'wx 1' }, 'appId'],
    [{ appSecret: '' }, 'appSecret'],
    [{ appSecret: 's3cret\n' }, 'appSecret'],
  ])('invalid credentials are refused by name: %o', (change, name) => {
    const create = () => createWeChatClient({ appId: 'wx1', appSecret: 's3cret', ...change })
    expect(create).toThrow(name)
    expect(create).not.toThrow('s3cret')
  })

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'a budget of %d is refused by name',
    (totalTimeoutMs) => {
      expect(() => resolvePolicy({ totalTimeoutMs })).toThrow('totalTimeoutMs')
    },
  )

  it('the defaults are the documented ones', () => {
    expect(resolvePolicy({ maxQueued: 0 })).toMatchObject({
      connectTimeoutMs: 1_000,
      totalTimeoutMs: 3_000,
      maxRetryDelayMs: 300,
      maxResponseBytes: 65_536,
      maxQueued: 0,
    })
  })
})
