import { setTimeout as sleep } from 'node:timers/promises'
import { describeWithServers } from '@oa/test-servers/vitest'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { queryRows } from './database/query.ts'
import { eventually } from './support/eventually.ts'
import { readToken } from './support/forge-token.ts'
import { CANARY, callsOf } from './support/own-data.ts'
import { phoneTools } from './support/phone.ts'
import { openidOf } from './support/start-test-api.ts'
import type { TwoServers } from './support/two-servers.ts'
import { startTwoServers } from './support/two-servers.ts'

/** Within this time every node refuses an ended session. */
const EVERYWHERE_MS = 1_000

describeWithServers(
  ['mariadb', 'redis'],
  'an account that is closed on one of two servers in one process',
  () => {
    let nodes: TwoServers
    beforeAll(async () => {
      nodes = await startTwoServers()
    })
    afterAll(() => nodes.close())
    const both = () => [nodes.one, nodes.two]

    const query = (statement: string) => {
      const { database } = nodes.one.config
      return queryRows({ url: 'url' in database ? database.url : '' }, statement)
    }
    let people = 0
    /** A new user with two sessions, each of which both nodes have just served. */
    const newUser = async () => {
      people += 1
      const person = `closing-${people}`
      const phone = String(13_600_000_000 + people)
      await nodes.simulator.control.createPerson({ name: person, phone })
      const userInfo = { nickName: CANARY.nickName }
      const here = (await nodes.one.signIn(person, { userInfo })).token
      const there = (await nodes.two.signIn(person)).token
      await phoneTools(nodes.one).bindByCode(here, person)
      await eventually(() => errnosOf(here, there)).toEqual([0, 0, 0, 0])
      return { person, here, there, openid: await openidOf(nodes, person) }
    }
    const errnosOf = async (...tokens: string[]) => {
      const answers = both().flatMap((node) => tokens.map((token) => node.info(token)))
      return (await Promise.all(answers)).map(({ errno }) => errno)
    }
    /** Everything that Redis holds, as text. */
    const redisText = async () => {
      const redis = new Redis(nodes.redis.url)
      const keys = await redis.keys('*')
      const values = await Promise.all(keys.map((key) => redis.get(key).catch(() => '')))
      redis.disconnect()
      return [...keys, ...values].join('\n')
    }

    it('is refused on both within a second, and leaves no data in Redis', async () => {
      const { here, there, openid } = await newUser()
      const before = await redisText()
      for (const trace of [CANARY.nickName, openid]) expect(before).toContain(trace)

      const answer = await callsOf(nodes.one).close(here)

      expect(answer).toMatchObject({ errno: 0, errmsg: '成功' })
      await sleep(EVERYWHERE_MS)
      expect(await errnosOf(here, there)).toEqual([501, 714, 501, 714])
      const after = await redisText()
      for (const trace of [CANARY.nickName, openid]) expect(after).not.toContain(trace)
      expect(await callsOf(nodes.two).close(here)).toMatchObject({ status: 401, errno: 501 })
    })

    it('is refused on both within a second while Redis hangs', async () => {
      const { person, here, there } = await newUser()
      await nodes.redis.kill('SIGSTOP')

      expect(await callsOf(nodes.two).close(there)).toMatchObject({ errno: 0 })

      await sleep(EVERYWHERE_MS)
      expect(await errnosOf(here, there)).toEqual([714, 501, 714, 501])
      const again = await nodes.one.signIn(person)
      await nodes.redis.kill('SIGCONT')
      await eventually(async () => (await nodes.one.call('/readyz')).text).toContain('"redis":"up"')
      expect(await errnosOf(here, there)).toEqual([714, 501, 714, 501])
      expect(await errnosOf(again.token)).toEqual([0, 0])
    })

    it('stays closed, whatever its user does on the other node at the same time', async () => {
      for (let round = 0; round < 10; round += 1) {
        const { person, here, there } = await newUser()
        const [codes, tap] = [
          await Promise.all([nodes.two.codeOf(person), nodes.two.codeOf(person)]),
          await phoneTools(nodes.two).tap(person),
        ]

        const [closed, bound, ...logins] = await Promise.all([
          callsOf(nodes.one).close(here),
          phoneTools(nodes.two).bind(there, { code: tap.code }),
          ...codes.map((code) => nodes.two.login({ code })),
        ])

        expect(closed).toMatchObject({ errno: 0 })
        expect([0, 704, 714]).toContain(bound.errno)
        const old = readToken(here).payload.sub
        for (const { errno, data } of logins) {
          expect(errno).toBe(0)
          const isNew = readToken(data.token).payload.sub !== old
          await eventually(() => errnosOf(data.token)).toEqual(isNew ? [0, 0] : [714, 714])
        }
        await eventually(() => errnosOf(here, there)).toEqual([501, 714, 501, 714])
      }
      const wrong = await query(
        `SELECT s.id FROM wx_session s JOIN wx_user u ON u.id = s.user_id
       WHERE u.status <> 0 AND (s.ended_at IS NULL OR s.ip <> '' OR u.bound_phone IS NOT NULL)`,
      )
      expect(wrong).toEqual([])
    })
  },
)
