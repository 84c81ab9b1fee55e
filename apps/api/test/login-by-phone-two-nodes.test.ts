import type { LoginByPhoneResult } from '@oa/contracts'
import { describeWithServers } from '@oa/test-servers/vitest'
import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { queryRows } from './database/query.ts'
import type { ApiProcess } from './support/start-api-process.ts'
import { codeFrom, TEST_APP } from './support/start-test-api.ts'
import type { TwoProcesses } from './support/two-processes.ts'
import { startTwoProcesses } from './support/two-processes.ts'

const AT_ONCE = 20

describeWithServers(['mariadb', 'redis'], 'signing in by phone number on two processes', () => {
  let world: TwoProcesses
  beforeAll(async () => {
    world = await startTwoProcesses({ PHONE_BUDGET_PER_PERSON: '100' })
  })
  afterEach(() => world.databaseLine.become('open'))
  afterAll(() => world.close())

  const { appid } = TEST_APP
  const phoneCodeOf = async (person: string) =>
    (await world.simulator.control.phoneCode({ appid, person })).code ?? ''
  const signIn = async (node: ApiProcess, person: string, phoneCode: string) => {
    const body = { code: await codeFrom(world.simulator, person), phoneCode }
    return node.call<LoginByPhoneResult>('/wx/auth/login_by_phone', { method: 'POST', body })
  }
  const nodeOf = (index: number) => (index % 2 === 0 ? world.one : world.two)
  const usersWith = (phone: string) =>
    queryRows({ url: world.database }, `SELECT id FROM wx_user WHERE bound_phone = '86-${phone}'`)
  const countUsers = async () => {
    const rows = await queryRows({ url: world.database }, 'SELECT COUNT(*) AS count FROM wx_user')
    return Number(rows[0]?.count)
  }

  it('creates one user with one number from twenty first sign-ins at once', async () => {
    const phone = '13912340001'
    await world.simulator.control.createPerson({ name: 'crowd', phone })
    const before = await countUsers()
    const codes = await Promise.all(Array.from({ length: AT_ONCE }, () => phoneCodeOf('crowd')))

    const answers = await Promise.all(
      codes.map((phoneCode, index) => signIn(nodeOf(index), 'crowd', phoneCode)),
    )

    expect(answers.map(({ errno }) => errno)).toEqual(Array(AT_ONCE).fill(0))
    expect(new Set(answers.map(({ data }) => data.userInfo.nickName)).size).toBe(1)
    expect(await usersWith(phone)).toHaveLength(1)
    expect(await countUsers()).toBe(before + 1)
  })

  it('gives one number to one of twenty people who claim it at once, and writes nothing else', async () => {
    const phone = '13912340002'
    const people = Array.from({ length: AT_ONCE }, (_, index) => `rival-${index}`)
    for (const name of people) await world.simulator.control.createPerson({ name, phone })
    const before = await countUsers()
    const codes = await Promise.all(people.map(phoneCodeOf))

    const answers = await Promise.all(
      people.map((name, index) => signIn(nodeOf(index), name, codes[index] ?? '')),
    )

    const errnos = answers.map(({ errno }) => errno).sort((one, other) => one - other)
    expect(errnos).toEqual([0, ...Array<number>(AT_ONCE - 1).fill(716)])
    expect(await usersWith(phone)).toHaveLength(1)
    expect(await countUsers()).toBe(before + 1)
  })

  it('gives the same answer on both nodes after one was lost, and pays once', async () => {
    const phone = '13912340003'
    await world.simulator.control.createPerson({ name: 'unheard', phone })
    const phoneCode = await phoneCodeOf('unheard')
    const path = '/wxa/business/getuserphonenumber'
    const paid = (await world.simulator.control.calls({ path })).length
    world.databaseLine.becomeAt(phone, 'one-way')
    expect(await signIn(world.one, 'unheard', phoneCode)).toMatchObject({ status: 503, errno: 707 })
    world.databaseLine.become('open')

    for (const node of [world.one, world.two]) {
      const answer = await signIn(node, 'unheard', phoneCode)
      expect(answer).toMatchObject({ errno: 0, data: { mobile: '139******03' } })
      expect(await world.two.info(answer.data.token)).toMatchObject({ errno: 0 })
    }
    expect(await usersWith(phone)).toHaveLength(1)
    expect((await world.simulator.control.calls({ path })).length).toBe(paid + 1)
  })

  it('leaves no number in Redis that anybody can read', async () => {
    const redis = new Redis(world.redis.url)
    const keys = await redis.keys('*')
    const texts = await Promise.all(keys.map((key) => redis.get(key).catch(() => '')))
    redis.disconnect()

    expect(keys.some((key) => key.startsWith('oa:kept:phone-code:'))).toBe(true)
    expect([...keys, ...texts].join()).not.toMatch(/1391234000/)
  })
})
