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

describeWithServers(['mariadb', 'redis'], 'binding by encryptedData', () => {
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

  /** The answer to a new user's attempt, and the commands that it makes the server send to its stores. */
  const stepsOf = async (flaw: Flaw) => {
    const person = `p${Math.random().toString(16).slice(2)}`
    const body = JSON.stringify({ openid: `o${person.padEnd(27, '0')}`, session_key: SESSION_KEY })
    await api.simulator.control.addFault({ path: '/sns/jscode2session', status: 200, body })
    const { token } = await api.signIn(person)
    await stores.take()
    const answer = await phoneTools(api).bind(token, sealPhone(SESSION_KEY, flaw))
    return { answer, steps: await stores.take() }
  }

  it('stores the number when the data is valid', async () => {
    const { answer, steps } = await stepsOf({})

    expect(answer).toMatchObject({ errno: 0, data: { mobile: '138******01' } })
    expect(steps.join()).toMatch(/UPDATE .*wx_user/)
  })

  it.each<[string, Flaw]>([
    ['text that is not JSON', { text: 'hello' }],
    ['a missing watermark', { text: '{"phoneNumber":"1"}' }],
    ['the watermark of another app', { appid: 'wx9999999999999999' }],
    ['a watermark that is too old', { ageSeconds: 900 }],
    ['another session_key', { sessionKey: OTHER_KEY }],
    ['two numbers that differ', { purePhoneNumber: '13900000099' }],
    ['an iv of the wrong length', { iv: 'AAAA' }],
    ['less than one block', { encryptedData: 'AAAA' }],
  ])(
    'does the same work for %s as for wrong padding, so that timing does not tell them apart',
    async (_what, flaw) => {
      const reference = await stepsOf({ padding: 'wrong' })
      const other = await stepsOf(flaw)

      expect(reference.answer).toMatchObject(INVALID)
      expect(reference.steps.filter((step) => step.startsWith('eval oa:rate:phone:'))).toHaveLength(
        1,
      )
      expect(reference.steps.filter((step) => step.includes('INTO login_event'))).toHaveLength(1)
      expect(other.answer.text).toBe(reference.answer.text)
      expect(other.steps).toEqual(reference.steps)
    },
  )
})
