import { describeWithServers } from '@oa/test-servers/vitest'
import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { queryRows } from './database/query.ts'
import type { ApiProcess } from './support/start-api-process.ts'
import { TEST_APP } from './support/start-test-api.ts'
import type { TwoProcesses } from './support/two-processes.ts'
import { startTwoProcesses } from './support/two-processes.ts'

const NUMBER = '13912345678'
const BOUND = { status: 200, errno: 0, data: { mobile: '139******78', endedSessions: 0 } }

describeWithServers(['mariadb', 'redis'], 'binding a number whose answer was lost', () => {
  let world: TwoProcesses
  beforeAll(async () => {
    world = await startTwoProcesses()
  })
  afterEach(() => world.databaseLine.become('open'))
  afterAll(() => world.close())

  const prepare = async (person: string, phone: string) => {
    await world.simulator.control.createPerson({ name: person, phone })
    const token = await world.signIn(world.one, person)
    const { code = '' } = await world.simulator.control.phoneCode({
      appid: TEST_APP.appid,
      person,
    })
    const bind = (node: ApiProcess, as = token) =>
      node.call('/wx/auth/bind_phone', { method: 'POST', token: as, body: { code } })
    return { bind }
  }

  it('gets the same answer again, from the same node and from another', async () => {
    const { bind } = await prepare('binder', NUMBER)
    // With the statement that writes it, whose answer is lost.
    world.databaseLine.becomeAt(NUMBER, 'one-way')
    expect(await bind(world.one)).toMatchObject({ status: 503, errno: 707 })
    world.databaseLine.become('open')
    const rows = await queryRows(
      { url: world.database },
      `SELECT bound_phone AS phone FROM wx_user`,
    )
    expect(rows.map(({ phone }) => String(phone)).join()).toContain(NUMBER)

    expect(await bind(world.one)).toMatchObject(BOUND)
    expect(await bind(world.two)).toMatchObject(BOUND)
    const paid = await world.simulator.control.calls({ path: '/wxa/business/getuserphonenumber' })
    expect(paid).toHaveLength(1)
  })

  it('is refused to whoever else sends its code', async () => {
    const { bind } = await prepare('owner', '13912345679')
    expect(await bind(world.one)).toMatchObject({ errno: 0 })
    const thief = await world.signIn(world.two, 'thief')

    for (const node of [world.one, world.two]) {
      expect(await bind(node, thief)).toMatchObject({ status: 400, errno: 718 })
    }
  })

  it('leaves no number in Redis that anybody can read', async () => {
    const redis = new Redis(world.redis.url)
    const keys = await redis.keys('*')
    const texts = await Promise.all(keys.map((key) => redis.get(key).catch(() => '')))
    redis.disconnect()

    expect(keys.some((key) => key.startsWith('oa:kept:phone-code:'))).toBe(true)
    expect([...keys, ...texts].join()).not.toContain('139123456')
  })
})
