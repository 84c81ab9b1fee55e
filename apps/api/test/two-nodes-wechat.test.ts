import { describeWithServers } from '@oa/test-servers/vitest'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { queryRows } from './database/query.ts'
import { eventually } from './support/eventually.ts'
import { drawToken, serviceCalls } from './support/internal.ts'
import { phoneTools } from './support/phone.ts'
import { PUSH_TOKEN, pushTo, signedQuery } from './support/push.ts'
import { openidOf, TEST_APP } from './support/start-test-api.ts'
import type { TwoNodes } from './support/two-nodes.ts'
import { startTwoNodes } from './support/two-nodes.ts'

const { appid } = TEST_APP
const SERVICE_TOKEN = drawToken()

describeWithServers(['mariadb', 'redis'], 'WeChat, with two nodes', () => {
  let nodes: TwoNodes
  let databaseUrl: string
  beforeAll(async () => {
    nodes = await startTwoNodes({
      WX_PUSH_TOKEN: PUSH_TOKEN,
      INTERNAL_TOKENS: `billing:${SERVICE_TOKEN}`,
      PHONE_BUDGET_PER_PERSON: '2',
    })
    const { database } = nodes.one.config
    databaseUrl = 'url' in database ? database.url : ''
  })
  afterAll(() => nodes.close())

  const callsOf = async (path: string) => (await nodes.simulator.control.calls({ path })).length
  const redisIsUp = () =>
    eventually(async () => {
      const answers = await Promise.all([nodes.one, nodes.two].map((node) => node.call('/readyz')))
      return answers.every(({ text }) => text.includes('"redis":"up"'))
    }).toBe(true)

  it('is asked for one access_token, however many ask for it at once', async () => {
    const services = [nodes.one, nodes.two].map((node) => serviceCalls(node, SERVICE_TOKEN))
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) => services[index % 2]?.accessToken()),
    )

    expect(new Set(answers.map((answer) => answer?.data.access_token)).size).toBe(1)
    expect(await callsOf('/cgi-bin/stable_token')).toBe(1)
  })

  it('gets one budget of both', async () => {
    const phone = phoneTools(nodes.one)
    const token = await phone.arrive('spender', '13700000001')
    const bindings = [phone, phoneTools(nodes.two), phone].map(({ bindByCode }) => bindByCode)
    const errnos = []
    for (const bind of bindings) errnos.push((await bind(token, 'spender')).errno)

    expect(errnos).toEqual([0, 0, 717])
  })

  it('shows a binding of one node on the other', async () => {
    expect(await phoneTools(nodes.two).mobileOf((await nodes.one.signIn('spender')).token)).toBe(
      '137******01',
    )
  })

  it('closes an account on both by a push to one', async () => {
    const { token } = await nodes.one.signIn('leaver')
    expect(await nodes.two.info(token)).toMatchObject({ errno: 0 })
    await pushTo(nodes.one)

    await nodes.simulator.control.userEvent({
      ...{ appid, person: 'leaver', event: 'user_authorization_cancellation' },
    })

    expect(await nodes.one.info(token)).toMatchObject({ errno: 704 })
    await eventually(() => nodes.two.info(token)).toMatchObject({ errno: 704 })
  })

  it('shows a name that was taken back on neither', async () => {
    const userInfo = { nickName: '旧名字' }
    const { token } = await nodes.one.signIn('renamed', { userInfo })
    expect((await nodes.two.info(token)).data.userInfo).toMatchObject(userInfo)
    await pushTo(nodes.one)
    await nodes.simulator.control.userEvent({
      ...{ appid, person: 'renamed', event: 'user_info_modified' },
    })

    for (const node of [nodes.one, nodes.two]) {
      await eventually(async () => (await node.info(token)).data.userInfo.nickName).toMatch(
        /^普通用户/,
      )
    }
  })

  const push = async (node: TwoNodes['one'], openid: string, nonce: string) => {
    const payload = {
      ...{ ToUserName: 'gh_1', FromUserName: 'oPlatform', CreateTime: 1, MsgType: 'event' },
      ...{ Event: 'user_authorization_revoke', OpenID: openid, AppID: appid, RevokeInfo: '8' },
    }
    const url = `/wx/push${signedQuery(undefined, nonce)}`
    return (await node.app.inject({ method: 'POST', url, payload })).statusCode
  }
  const wipesOf = async (openid: string) => {
    const [row] = await queryRows(
      { url: databaseUrl },
      `SELECT COUNT(*) AS wipes FROM login_event e JOIN wx_user u ON u.id = e.user_id
       WHERE e.kind = 'profile_wiped' AND u.weixin_openid = '${openid}'`,
    )
    return Number((row as { wipes: unknown }).wipes)
  }

  it('is heard once when it pushes to one node and again to the other', async () => {
    await nodes.one.signIn('pushed-twice')
    const openid = await openidOf(nodes, 'pushed-twice')

    const statuses = [
      await push(nodes.one, openid, 'a1'),
      await push(nodes.two, openid, 'a2'),
      await push(nodes.two, openid, 'a2'),
    ]

    expect(statuses).toEqual([200, 200, 200])
    expect(await wipesOf(openid)).toBe(1)
  })

  it('is heard while Redis is away', async () => {
    const { token } = await nodes.one.signIn('pushed-without-redis')
    const openid = await openidOf(nodes, 'pushed-without-redis')
    await nodes.redis.kill('SIGSTOP')

    expect(await push(nodes.one, openid, 'b1')).toBe(200)

    expect(await wipesOf(openid)).toBe(1)
    expect(await nodes.one.info(token)).toMatchObject({ errno: 501 })
    await nodes.redis.kill('SIGCONT')
    await redisIsUp()
  })
})
