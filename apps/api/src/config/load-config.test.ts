import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ConfigError, loadConfig } from './load-config.ts'

const draw = (bytes = 32) => randomBytes(bytes).toString('base64')
const PRODUCTION = {
  NODE_ENV: 'production',
  DATABASE_URL: 'mysql://oa:pw@db/oa',
  WX_APPID: 'wx1b2c3d4e5f607182',
  WX_SECRET: '9f8e7d6c5b4a39281706f5e4d3c2b1a0',
  JWT_KEYS: `one:${draw()}`,
  SESSION_KEYS: `one:${draw()}`,
  PUBLIC_URL: 'https://oa.example.com',
  WX_PUSH_TOKEN: 'pushtoken0123456',
}

const problemsOf = (env: NodeJS.ProcessEnv) => {
  try {
    loadConfig(env)
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n')
    throw error
  }
  return []
}

describe('the configuration', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'oa-config-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('needs nothing in development, and keeps the secrets it draws', () => {
    const first = loadConfig({ DATA_DIR: folder })
    const second = loadConfig({ DATA_DIR: folder })

    expect(first.http).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      trustProxy: false,
      docs: true,
    })
    expect(first.database).toEqual({ file: `${folder}/oa.db` })
    expect(second.jwtKeys.current.key.equals(first.jwtKeys.current.key)).toBe(true)
    expect(first.jwtKeys.current.key.equals(first.sessionKeys.current.key)).toBe(false)
  })

  it('does not overwrite kept secrets that it cannot read', () => {
    const other = mkdtempSync(join(folder, 'damaged-'))
    writeFileSync(join(other, 'dev-secrets.json'), '{}')

    expect(() => loadConfig({ DATA_DIR: other })).toThrow('damaged')
    expect(readFileSync(join(other, 'dev-secrets.json'), 'utf8')).toBe('{}')
  })

  it('of production is strict, closed to the curious and open to the network', () => {
    const config = loadConfig(PRODUCTION)

    expect(config.http).toMatchObject({ host: '0.0.0.0', docs: false, trustProxy: false })
    expect(config.loginLimit).toMatchObject({ refusedPerAddress: 60, perUser: 10 })
    expect(config.wechat.baseUrl).toBe('https://api.weixin.qq.com')
  })

  it('of production refuses to start on anything that is made up', () => {
    expect(problemsOf({ NODE_ENV: 'production' }).sort()).toEqual([
      'CONTENT_CHECK needs PUBLIC_URL and WX_PUSH_TOKEN beside it; off checks no names and pictures',
      'DATABASE_URL is required in production (or ALLOW_SQLITE=true)',
      'JWT_KEYS is required in production',
      'SESSION_KEYS is required in production',
      'WX_APPID is required in production (or WX_APPS)',
      'WX_SECRET is required in production (or WX_APPS)',
    ])
    const { DATABASE_URL: _absent, ...embedded } = PRODUCTION
    expect(problemsOf({ ...embedded, ALLOW_SQLITE: 'true' })).toEqual([])
  })

  it('can be rehearsed against a simulator on this machine, and against none elsewhere', () => {
    const rehearsal = { ...PRODUCTION, REHEARSAL: 'true' }
    const simulator = { ...rehearsal, WX_API_BASE: 'http://127.0.0.1:3100' }
    expect(problemsOf(simulator)).toEqual([])
    expect(loadConfig(simulator)).toMatchObject({ production: true, rehearsal: true })
    expect(problemsOf({ ...rehearsal, WX_API_BASE: 'http://elsewhere' })).toEqual([
      'WX_API_BASE must be https:// unless it is this machine',
    ])
  })

  it.each([
    [
      'WX_API_BASE',
      'http://api.weixin.qq.com',
      'must be https:// in production (or REHEARSAL=true)',
    ],
    ['WX_API_BASE', 'http://127.0.0.1:3100', 'must be https:// in production (or REHEARSAL=true)'],
    ['WX_API_BASE', 'ftp://api', 'must be an https:// URL'],
    ['WX_APPID', 'wx0a0a0a0a0a0a0a0a', "is the simulator's: use your own in production"],
    ['WX_APPID', 'oa-mini', 'must be wx and 16 hexadecimal digits'],
    ['WX_SECRET', 'changeme', 'must be 32 hexadecimal digits'],
    ['DATABASE_URL', 'postgres://db/oa', 'must be a mysql:// or mariadb:// URL'],
    ['REDIS_URL', 'localhost:6379', 'must be a redis:// or rediss:// URL'],
    ['PORT', '65536', 'must be <= 65535'],
    ['PORT', '80x', 'must be integer'],
    ['LOG_LEVEL', 'loud', 'must be fatal, error, warn, info, debug, trace or silent'],
    ['PUBLIC_URL', 'oa.example.com', 'must be an https:// URL'],
    ['PUBLIC_URL', 'http://oa.example.com', 'must be https:// unless it is this machine'],
    ['PUBLIC_URL', 'https://oa.example.com/', 'must end after the host: https://oa.example.com'],
    ['CONTENT_CHECK', 'yes', 'must be on or off'],
    ['PICTURES_S3_BUCKET', 'Bad_Name', 'must be the name of a bucket'],
    ['NODE_ENV', 'prod', 'must be development, test or production'],
    ['DOCS', 'maybe', 'must be boolean'],
    [
      'TRUST_PROXY',
      'true',
      'must be a number of proxies, or a list of their addresses or CIDR ranges',
    ],
    ['MAX_SESSIONS', '11', 'must be <= 10'],
    ['JWT_KEYS', 'secret', 'must be kid:base64[,kid:base64…]'],
    ['JWT_KEYS', `one:${draw(31)}`, 'needs keys of at least 32 random bytes'],
    ['JWT_KEYS', `one:${draw()},one:${draw()}`, 'names the same kid twice'],
    ['JWT_KEYS', `../x:${draw()}`, 'must be kid:base64[,kid:base64…]'],
    ['SESSION_KEYS', `one:${draw(48)}`, 'needs keys of exactly 32 bytes'],
  ])('names %s=%s without repeating it', (variable, value, problem) => {
    expect(problemsOf({ ...PRODUCTION, [variable]: value })).toEqual([`${variable} ${problem}`])
  })

  it.each([
    'a-secret-that-somebody-typed-in-by-hand',
    'X-Litemall-Token-X-Litemall-Token-',
    '\0'.repeat(32),
    'ab'.repeat(32),
  ])('refuses keys that were typed: %j', (typed) => {
    const encoded = Buffer.from(typed).toString('base64')
    expect(problemsOf({ ...PRODUCTION, JWT_KEYS: `one:${encoded}` })).toEqual([
      expect.stringContaining('JWT_KEYS is too easy to guess'),
    ])
  })

  it('reads a ring of keys, the first of which signs', () => {
    const [first, second] = [draw(), draw(64)]
    const { jwtKeys } = loadConfig({ ...PRODUCTION, JWT_KEYS: `new:${first}, old:${second}` })

    expect(jwtKeys.current.kid).toBe('new')
    expect(jwtKeys.find('old')?.toString('base64')).toBe(second)
    expect(jwtKeys.find('other')).toBeUndefined()
  })

  it('trusts exactly the proxies that are named', () => {
    const trusting = (value: string) =>
      loadConfig({ ...PRODUCTION, TRUST_PROXY: value }).http.trustProxy
    expect(trusting('1')).toBe(1)
    expect(trusting('10.0.0.0/8, ::1')).toEqual(['10.0.0.0/8', '::1'])
  })

  it.each([
    ['WX_APPID', 'WX_SECRET'],
    ['WX_SECRET', 'WX_APPID'],
  ] as const)('refuses %s without %s', (one, other) => {
    expect(problemsOf({ DATA_DIR: folder, [one]: PRODUCTION[one] })).toEqual([
      `${one} needs ${other} beside it`,
    ])
  })

  it('of production refuses a misspelt REDIS_URL, without which nodes would not know each other', () => {
    expect(problemsOf({ ...PRODUCTION, REDIS_URI: 'redis://cache' })).toEqual([
      'REDIS_URI is unknown: did you mean REDIS_URL?',
    ])
  })

  it('takes an empty variable for an absent one', () => {
    expect(problemsOf({ ...PRODUCTION, REDIS_URL: '', PORT: '' })).toEqual([])
  })

  it('checks names and pictures in production, and elsewhere when WeChat can reach the API', () => {
    const { PUBLIC_URL, WX_PUSH_TOKEN } = PRODUCTION
    const reachable = { DATA_DIR: folder, PUBLIC_URL, WX_PUSH_TOKEN }
    const checkOf = (env: NodeJS.ProcessEnv) => loadConfig(env).contentCheck

    expect(checkOf(PRODUCTION)).toEqual({ publicUrl: PUBLIC_URL })
    expect(checkOf({ ...PRODUCTION, CONTENT_CHECK: 'off', PUBLIC_URL: '' })).toBeNull()
    expect(checkOf(reachable)).toEqual({ publicUrl: PUBLIC_URL })
    expect(checkOf({ DATA_DIR: folder })).toBeNull()
    expect(problemsOf({ DATA_DIR: folder, CONTENT_CHECK: 'on', PUBLIC_URL })).toEqual([
      'CONTENT_CHECK needs WX_PUSH_TOKEN beside it; off checks no names and pictures',
    ])
  })

  it('keeps pictures in the data folder, or in a bucket', () => {
    expect(loadConfig({ DATA_DIR: folder }).pictures).toEqual({ folder: `${folder}/pictures` })
    expect(loadConfig({ DATA_DIR: folder, PICTURES_S3_BUCKET: 'oa-pictures' }).pictures).toEqual({
      bucket: 'oa-pictures',
      region: 'us-east-1',
      endpoint: null,
    })
  })
})
