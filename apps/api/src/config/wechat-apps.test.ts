import { describe, expect, it } from 'vitest'
import { incompleteApps, parseApps } from './wechat-apps.ts'

const ONE = 'wx1b2c3d4e5f607182'
const OTHER = 'wx2222222222222222'
const SECRET = '9f8e7d6c5b4a39281706f5e4d3c2b1a0'
const BOTH = `${ONE}:${SECRET}, ${OTHER}:${'22'.repeat(16)}`

describe('WX_APPS', () => {
  it('lists mini-programs with their secrets, the first of which is meant by default', () => {
    expect(parseApps(BOTH)).toEqual([
      { appId: ONE, appSecret: SECRET },
      { appId: OTHER, appSecret: '22'.repeat(16) },
    ])
  })

  it.each([
    ['wx', 'must be appid:secret[,appid:secret…]'],
    [`${ONE}:${SECRET}:x`, 'must be appid:secret[,appid:secret…]'],
    [`${ONE}:${SECRET},`, 'must be appid:secret[,appid:secret…]'],
    [`oa:${SECRET}`, 'holds an appid that must be wx and 16 hexadecimal digits'],
    [`${ONE}:secret`, `holds for ${ONE} a secret that must be 32 hexadecimal digits`],
    [`${ONE}:${SECRET},${ONE}:${SECRET}`, `names ${ONE} twice`],
    [
      Array.from({ length: 51 }, (_, at) => `wx${String(at).padStart(16, '0')}:${SECRET}`).join(),
      'must name at most 50 mini-programs',
    ],
  ])('refuses %j without repeating a secret', (text, problem) => {
    expect(parseApps(text)).toBe(problem)
    expect(String(parseApps(text))).not.toContain(SECRET)
  })

  it.each([
    ['stands beside WX_APPID', { WX_APPID: ONE }, 'WX_APPID', 'stands beside WX_APPS'],
    ['stands beside WX_SECRET', { WX_SECRET: SECRET }, 'WX_SECRET', 'stands beside WX_APPS'],
    [
      'takes plain pushes for several mini-programs',
      { WX_PUSH_TOKEN: 'token' },
      'WX_APPS',
      'of several mini-programs needs WX_PUSH_AES_KEY',
    ],
    [
      'names the simulator in production',
      { NODE_ENV: 'production', WX_APPS: `wx0a0a0a0a0a0a0a0a:${'0a'.repeat(16)}` },
      'WX_APPS',
      "is the simulator's",
    ],
  ])('is refused when it %s', (_, more, variable, problem) => {
    const problems = incompleteApps({ WX_APPS: BOTH, ...more })

    expect([...problems]).toEqual([[variable, expect.stringContaining(problem)]])
  })

  it('makes the two single variables unnecessary, in production too', () => {
    expect(incompleteApps({ WX_APPS: BOTH, NODE_ENV: 'production' }).size).toBe(0)
  })
})
