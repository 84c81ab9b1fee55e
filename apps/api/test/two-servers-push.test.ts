import { setTimeout as sleep } from 'node:timers/promises'
import { describeWithServers } from '@oa/test-servers/vitest'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { queryRows } from './database/query.ts'
import { eventually } from './support/eventually.ts'
import { phoneTools } from './support/phone.ts'
import { PUSH_TOKEN, pushByHand } from './support/push.ts'
import { openidOf, TEST_APP } from './support/start-test-api.ts'
import type { TwoServers } from './support/two-servers.ts'
import { startTwoServers } from './support/two-servers.ts'

const AVATAR = 'https://thirdwx.qlogo.cn/mmopen/1/132'
const PLACEHOLDER = expect.stringMatching(/^普通用户\d{5}$/)
const WIPED = { avatar: '', gender: 0, mobile: '', bound_phone: null, phone_bound_at: null }
/** Within this time every node refuses an ended session. */
const EVERYWHERE_MS = 1_000

describeWithServers(['mariadb', 'redis'], 'a push to one of two servers in one process', () => {
  let nodes: TwoServers
  beforeAll(async () => {
    nodes = await startTwoServers({ WX_PUSH_TOKEN: PUSH_TOKEN })
  })
  afterAll(() => nodes.close())
  const both = () => [nodes.one, nodes.two]

  const query = (statement: string) => {
    const { database } = nodes.one.config
    return queryRows({ url: 'url' in database ? database.url : '' }, statement)
  }
  const stored = async (openid: string) => {
    const [row] = await query(`SELECT * FROM wx_user WHERE weixin_openid = '${openid}'`)
    const events = await query(
      `SELECT e.kind FROM login_event e JOIN wx_user u ON u.id = e.user_id
       WHERE e.user_agent = 'WeChat push' AND u.weixin_openid = '${openid}'`,
    )
    return { row, events: events.map(({ kind }) => kind) }
  }
  let people = 0
  /** A new user with name, avatar and phone number, whom both nodes have just served. */
  const newUser = async () => {
    people += 1
    const person = `pushed-${people}`
    await nodes.simulator.control.createPerson({ name: person, phone: `1370000100${people}` })
    const userInfo = { nickName: '小明', avatarUrl: AVATAR, gender: 1 as const }
    const { token } = await nodes.one.signIn(person, { userInfo })
    await phoneTools(nodes.one).bindByCode(token, person)
    for (const node of both()) expect(await node.info(token)).toMatchObject({ errno: 0 })
    return { token, openid: await openidOf(nodes, person) }
  }
  const event = (Event: string, OpenID: string, more: object = {}) => ({
    Event,
    OpenID,
    AppID: TEST_APP.appid,
    RevokeInfo: '8',
    ...more,
  })
  const errnosOf = async (token: string) =>
    (await Promise.all(both().map((node) => node.info(token)))).map(({ errno }) => errno)

  it('withdraws name and avatar on both, and ends no session', async () => {
    const { token, openid } = await newUser()

    expect(await pushByHand(nodes.one, event('user_info_modified', openid))).toBe(200)

    await sleep(EVERYWHERE_MS)
    for (const node of both()) {
      const { data } = await node.info(token)
      expect(data.userInfo).toMatchObject({ nickName: PLACEHOLDER, avatarUrl: '', gender: 1 })
      expect(await phoneTools(node).mobileOf(token)).toMatch(/^137/)
    }
    const { row, events } = await stored(openid)
    expect(row).toMatchObject({ nickname: PLACEHOLDER, avatar: '', status: 0 })
    expect(events).toEqual(['name_wiped'])
  })

  it('wipes a profile and ends its sessions on both within a second', async () => {
    const { token, openid } = await newUser()

    expect(await pushByHand(nodes.one, event('user_authorization_revoke', openid))).toBe(200)

    await sleep(EVERYWHERE_MS)
    expect(await errnosOf(token)).toEqual([501, 501])
    const { row, events } = await stored(openid)
    expect(row).toMatchObject({ ...WIPED, nickname: PLACEHOLDER, status: 0 })
    expect(events).toEqual(['profile_wiped'])
  })

  it('closes an account on both within a second', async () => {
    const { token, openid } = await newUser()

    expect(await pushByHand(nodes.one, event('user_authorization_cancellation', openid))).toBe(200)

    await sleep(EVERYWHERE_MS)
    expect(await errnosOf(token)).toEqual([704, 704])
    const { row, events } = await stored(openid)
    const gone = { ...WIPED, nickname: '已注销用户', unionid: null, last_login_ip: '' }
    expect(row).toMatchObject({ ...gone, status: 2, status_code: 'cancelled' })
    expect(events).toEqual(['closed'])
  })

  it.each(['user_info_modified', 'user_authorization_revoke', 'user_authorization_cancellation'])(
    'is handled once when %s is delivered five times and to both',
    async (name) => {
      const { openid } = await newUser()
      const statuses = []
      for (let delivery = 0; delivery < 5; delivery += 1) {
        const node = delivery % 2 === 0 ? nodes.one : nodes.two
        statuses.push(await pushByHand(node, event(name, openid)))
      }
      const after = await stored(openid)

      expect(statuses).toEqual(Array(5).fill(200))
      expect(after.events).toHaveLength(1)
      // The same event in a new message changes nothing either.
      expect(await pushByHand(nodes.two, event(name, openid, { CreateTime: 2 }))).toBe(200)
      const { row } = await stored(openid)
      expect({ ...row, nickname: '', update_time: '' }).toEqual({
        ...after.row,
        nickname: '',
        update_time: '',
      })
    },
  )

  it('about an unknown user or another app is acknowledged and changes nothing', async () => {
    const { token, openid } = await newUser()
    const before = await stored(openid)
    const name = 'user_authorization_cancellation'

    const statuses = [
      await pushByHand(nodes.one, event(name, 'oNobodyKnownHere0000000000000')),
      await pushByHand(nodes.one, event(name, openid.toUpperCase())),
      await pushByHand(nodes.one, event(name, `${openid} `)),
      await pushByHand(nodes.one, event(name, '😀')),
      await pushByHand(nodes.one, event(name, openid, { AppID: 'wx9999999999999999' })),
    ]

    expect(statuses).toEqual(Array(5).fill(200))
    expect(await errnosOf(token)).toEqual([0, 0])
    expect(await stored(openid)).toEqual(before)
  })

  it('is handled while Redis is unavailable', async () => {
    const { token, openid } = await newUser()
    await nodes.redis.kill('SIGSTOP')

    expect(await pushByHand(nodes.one, event('user_authorization_revoke', openid))).toBe(200)

    expect((await stored(openid)).events).toEqual(['profile_wiped'])
    expect(await nodes.one.info(token)).toMatchObject({ errno: 501 })
    await sleep(EVERYWHERE_MS)
    expect(await errnosOf(token)).toEqual([501, 501])
    await nodes.redis.kill('SIGCONT')
    await eventually(async () => (await nodes.one.call('/readyz')).text).toContain('"redis":"up"')
  })
})
