import type { MariaDb, Redis } from '@oa/test-servers'
import { startMariaDb, startRedis } from '@oa/test-servers'
import { describeWithServers } from '@oa/test-servers/vitest'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { phoneTools } from './support/phone.ts'
import type { Flaw } from './support/sealed-phone.ts'
import { sealPhone } from './support/sealed-phone.ts'
import type { TestApi } from './support/start-test-api.ts'
import { startTestApi } from './support/start-test-api.ts'
import { watchStores } from './support/watch-stores.ts'

const INVALID = { status: 400, errno: 718, errmsg: '手机号验证已失效，请重新授权' }
const SESSION_KEY = 'tiihtNczf5v6AKRyjwEUhQ=='
const OTHER_KEY = 'HyVFkGl5F5OQWJZZaNzBBg=='

describeWithServers(['mariadb', 'redis'], 'every refusal of encryptedData', () => {
  let mariadb: MariaDb
  let redis: Redis
  let api: TestApi
  let stores: Awaited<ReturnType<typeof watchStores>>
  beforeAll(async () => {
    ;[mariadb, redis] = await Promise.all([startMariaDb(), startRedis()])
    const database = await mariadb.createDatabase()
    api = await startTestApi({ env: { DATABASE_URL: database, REDIS_URL: redis.url } })
    stores = await watchStores({ database, redis: redis.url })
  })
  afterAll(async () => {
    await stores.close()
    await api.close()
    await Promise.all([mariadb.stop(), redis.stop()])
  })

  /** What a new person's attempt makes the server ask of its stores, and what it answers. */
  const stepsOf = async (flaw: Flaw) => {
    const person = `p${Math.random().toString(16).slice(2)}`
    const body = JSON.stringify({ openid: `o${person.padEnd(27, '0')}`, session_key: SESSION_KEY })
    await api.simulator.control.addFault({ path: '/sns/jscode2session', status: 200, body })
    const { token } = await api.signIn(person)
    await stores.take()
    const answer = await phoneTools(api).bind(token, sealPhone(SESSION_KEY, flaw))
    return { answer, steps: await stores.take() }
  }

  it('is what a number is not', async () => {
    const { answer, steps } = await stepsOf({})

    expect(answer).toMatchObject({ errno: 0, data: { mobile: '138******01' } })
    expect(steps.join()).toMatch(/UPDATE .*wx_user/)
  })

  it.each<[string, Flaw]>([
    ['no JSON', { text: 'hello' }],
    ['no watermark', { text: '{"phoneNumber":"1"}' }],
    ['another app', { appid: 'wx9999999999999999' }],
    ['age', { ageSeconds: 600 }],
    ['another key', { sessionKey: OTHER_KEY }],
    ['a number that contradicts itself', { purePhoneNumber: '13900000099' }],
    ['an iv that is none', { iv: 'AAAA' }],
    ['half a block', { encryptedData: 'AAAA' }],
  ])('asks the stores what wrong padding does: %s', async (_what, flaw) => {
    const reference = await stepsOf({ padding: 'wrong' })
    const other = await stepsOf(flaw)

    expect(reference.answer).toMatchObject(INVALID)
    expect(reference.steps.filter((step) => step.startsWith('eval oa:rate:phone:'))).toHaveLength(1)
    expect(reference.steps.filter((step) => step.includes('INTO login_event'))).toHaveLength(1)
    expect(other.answer.text).toBe(reference.answer.text)
    expect(other.steps).toEqual(reference.steps)
  })
})
