import type { Redis as RedisServer } from '@oa/test-servers'
import { startRedis } from '@oa/test-servers'
import { describeWithServers } from '@oa/test-servers/vitest'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ownDataTools } from './support/own-data.ts'
import { phoneTools } from './support/phone.ts'
import type { TestApi } from './support/start-test-api.ts'
import { startTestApi, TEST_APP } from './support/start-test-api.ts'

const OPENID = 'oREDIScanary0000000000000000'
const SESSION_KEY = 'UkVESVNjYW5hcnlzZXNzaQ=='
const PHONE = '13987654399'

describeWithServers(['redis'], 'Redis', () => {
  let server: RedisServer
  let redis: Redis
  let api: TestApi
  /** Every command that Redis received, whatever it kept of it. */
  const received: string[] = []
  let stored: string[]

  beforeAll(async () => {
    server = await startRedis()
    redis = new Redis(server.url)
    const monitor = await redis.monitor()
    monitor.on('monitor', (_time: string, args: string[]) => received.push(args.join(' ')))
    api = await startTestApi({ env: { REDIS_URL: server.url } })
    await useSessions()
    stored = await readEverything()
    monitor.disconnect()
  })
  afterAll(async () => {
    await api.close()
    redis.disconnect()
    await server.stop()
  })

  /** Signs in and renews, uses each session, binds a number, signs in by it and ends a session. */
  const useSessions = async () => {
    const body = JSON.stringify({ openid: OPENID, session_key: SESSION_KEY })
    const fault = { path: '/sns/jscode2session', status: 200, body, times: 3 }
    await api.simulator.control.addFault(fault)
    for (const deviceId of ['device-0001', 'device-0001', 'device-0002']) {
      const { token } = await api.signIn('canary', { deviceId })
      expect(await api.info(token)).toMatchObject({ errno: 0 })
      expect(await api.sessions(token)).toMatchObject({ errno: 0 })
    }
    const phones = phoneTools(api)
    const token = await phones.signInWithPhone('with-phone', PHONE)
    expect(await phones.bindByCode(token, 'with-phone')).toMatchObject({ errno: 0 })
    expect(await phones.signInByPhone('with-phone')).toMatchObject({ errno: 0 })
    expect(await api.info(token)).toMatchObject({ errno: 0 })
    const leaving = await api.signIn('leaving')
    expect(await api.info(leaving.token)).toMatchObject({ errno: 0 })
    expect(await api.logout(leaving.token)).toMatchObject({ errno: 0 })
  }

  /** Keys and values of every type, as bytes that no decoding has changed. */
  const readEverything = async () => {
    const found: string[] = []
    for await (const keys of redis.scanStream({ count: 100 })) {
      for (const key of keys as string[]) found.push(key, await readValue(key))
    }
    return found
  }
  const readValue = async (key: string) =>
    (await redis.dumpBuffer(key)).toString('latin1') + (await readText(key))
  const readText = async (key: string) => {
    switch (await redis.type(key)) {
      case 'string':
        return (await redis.get(key)) ?? ''
      case 'hash':
        return JSON.stringify(await redis.hgetall(key))
      case 'set':
        return (await redis.smembers(key)).join()
      case 'zset':
        return (await redis.zrange(key, 0, '-1')).join()
      case 'list':
        return (await redis.lrange(key, 0, -1)).join()
      default:
        throw new Error(`no reader for ${key}`)
    }
  }

  const secrets = () => {
    const bytes = Buffer.from(SESSION_KEY, 'base64')
    const sealed = ownDataTools(api)
      .rows(
        'SELECT sealed_session_key AS sealed FROM wx_session WHERE sealed_session_key IS NOT NULL',
      )
      .map((row) => String(row.sealed))
    expect(sealed.length).toBeGreaterThan(1)
    return {
      session_key: [
        SESSION_KEY,
        bytes.toString('latin1'),
        bytes.toString('hex'),
        bytes.toString('base64url'),
      ],
      'sealed session_key': sealed,
      AppSecret: [TEST_APP.secret],
      'phone number': [PHONE],
    }
  }

  it.each(['holds', 'is sent'] as const)(
    '%s neither a session_key, sealed or not, nor another secret',
    (how) => {
      const text = (how === 'holds' ? stored : received).join('\n')
      expect(text).toContain(OPENID)
      for (const [name, values] of Object.entries(secrets())) {
        for (const value of values) expect(text.includes(value), name).toBe(false)
      }
      expect(text).not.toMatch(/session_?key/i)
    },
  )
})
