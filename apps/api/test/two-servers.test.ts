import type { MariaDb } from '@oa/test-servers'
import { startMariaDb } from '@oa/test-servers'
import { describeWithServers } from '@oa/test-servers/vitest'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { eventually } from './support/eventually.ts'
import { openidOf } from './support/start-test-api.ts'
import type { TwoServers } from './support/two-servers.ts'
import { startTwoServers } from './support/two-servers.ts'

const UNLOGIN = { status: 401, errno: 501 }
const DELAYED_SUCCESS = '成功，其他节点最迟一分钟内生效'

describeWithServers(['mariadb', 'redis'], 'two servers in one process', () => {
  let mariadb: MariaDb
  let nodes: TwoServers
  beforeAll(async () => {
    mariadb = await startMariaDb()
    nodes = await startTwoServers({}, mariadb)
  })
  afterAll(async () => {
    await nodes.close()
    await mariadb.stop()
  })

  /** A session that both nodes have just used, so that both hold a lease on it. */
  const signInOnBoth = async (person: string) => {
    const { token } = await nodes.one.signIn(person)
    for (const node of [nodes.one, nodes.two]) {
      expect(await node.info(token)).toMatchObject({ errno: 0 })
    }
    return token
  }
  const redisIs = (state: string) =>
    eventually(async () => {
      const answers = await Promise.all([nodes.one, nodes.two].map((node) => node.call('/readyz')))
      return answers.every(({ text }) => text.includes(`"redis":"${state}"`))
    }).toBe(true)
  const freeze = async (person: string) => {
    const openid = await openidOf(nodes, person)
    return nodes.one.accounts.freeze(
      { appId: nodes.one.config.wechat.apps[0].appId, openid },
      { text: '违规' },
    )
  }

  it('both refuse a session that ended on one of them', async () => {
    const token = await signInOnBoth('traveller')

    expect(await nodes.one.logout(token)).toMatchObject({ errmsg: '成功' })

    expect(await nodes.one.info(token)).toMatchObject(UNLOGIN)
    await eventually(() => nodes.two.info(token)).toMatchObject(UNLOGIN)
  })

  it('both refuse every session of a user after logout_all', async () => {
    const tokens = [await signInOnBoth('everywhere'), await signInOnBoth('everywhere')]

    await nodes.two.logoutAll(tokens[0] ?? '')

    for (const token of tokens) {
      await eventually(() => nodes.one.info(token)).toMatchObject({ status: 401, errno: 714 })
    }
  })

  it('both refuse a frozen user', async () => {
    const token = await signInOnBoth('frozen')

    expect(await freeze('frozen')).toMatchObject({ ended: 1, everywhere: true })

    const refused = { status: 403, errno: 704, errmsg: '违规' }
    await eventually(() => nodes.two.info(token)).toMatchObject(refused)
    expect(await nodes.one.info(token)).toMatchObject(refused)
  })

  it('create one user from a hundred first sign-ins', async () => {
    const codes = await Promise.all(Array.from({ length: 100 }, () => nodes.one.codeOf('newcomer')))
    const answers = await Promise.all(
      codes.map((code, index) => (index % 2 ? nodes.one : nodes.two).login({ code })),
    )

    expect(new Set(answers.map(({ errno }) => errno))).toEqual(new Set([0]))
    expect(new Set(answers.map(({ data }) => data.userInfo.nickName)).size).toBe(1)
  })

  it('keep users apart whose openids differ only in case, and store emoji unchanged', async () => {
    const names = ['😀', '🍣']
    const tokens: string[] = []
    for (const [index, openid] of [
      'oAbCdEfGhIjKlMnOpQrStUvWxYz1',
      'oabcdefghijklmnopqrstuvwxyz1',
    ].entries()) {
      const body = JSON.stringify({ openid, session_key: 'tiihtNczf5v6AKRyjwEUhQ==' })
      await nodes.simulator.control.addFault({ path: '/sns/jscode2session', status: 200, body })
      const userInfo = { nickName: names[index] ?? '' }
      tokens.push((await nodes.one.signIn('any-person', { userInfo })).token)
    }

    const seen = await Promise.all(tokens.map((token) => nodes.two.info(token)))

    expect(seen.map(({ data }) => data.userInfo.nickName)).toEqual(names)
  })

  it('serve and end sessions while Redis hangs, and keep them ended when it is back', async () => {
    const kept = await signInOnBoth('kept')
    const ended = await signInOnBoth('ended-while-hanging')
    await nodes.redis.kill('SIGSTOP')
    const answer = await nodes.one.logout(ended)

    expect(answer).toMatchObject({ errno: 0, errmsg: DELAYED_SUCCESS })
    expect(await nodes.one.info(ended)).toMatchObject(UNLOGIN)
    await eventually(() => nodes.two.info(ended)).toMatchObject(UNLOGIN)
    await redisIs('down')
    expect((await nodes.one.call('/readyz')).status).toBe(200)
    expect(await nodes.two.info(kept)).toMatchObject({ errno: 0 })
    await nodes.two.signIn('arrives-while-hanging')
    await freeze('kept')
    await eventually(() => nodes.two.info(kept)).toMatchObject({ errno: 704 })

    await nodes.redis.kill('SIGCONT')
    await redisIs('up')
    for (const node of [nodes.one, nodes.two]) {
      expect(await node.info(ended)).toMatchObject(UNLOGIN)
      expect(await node.info(kept)).toMatchObject({ errno: 704 })
    }
  })

  it('neither end nor revive a session when Redis loses its data', async () => {
    const kept = await signInOnBoth('kept-too')
    const ended = await signInOnBoth('ended-before')
    await nodes.one.logout(ended)

    await nodes.redis.kill('SIGKILL')
    await redisIs('down')
    expect(await nodes.two.info(kept)).toMatchObject({ errno: 0 })
    const whileAway = await nodes.one.signIn('ended-while-away')
    await nodes.two.info(whileAway.token)
    await nodes.one.logout(whileAway.token)
    await nodes.redis.restart()
    await redisIs('up')

    for (const node of [nodes.one, nodes.two]) {
      expect(await node.info(kept)).toMatchObject({ errno: 0 })
      expect(await node.info(ended)).toMatchObject(UNLOGIN)
      await eventually(() => node.info(whileAway.token)).toMatchObject(UNLOGIN)
    }
    const token = await signInOnBoth('after')
    await nodes.two.logout(token)
    await eventually(() => nodes.one.info(token)).toMatchObject(UNLOGIN)
  })

  it('report that they are not ready without the database, and recover by themselves', async () => {
    const token = await signInOnBoth('patient')
    await mariadb.kill('SIGKILL')

    await eventually(async () => (await nodes.one.call('/readyz')).status).toBe(503)
    expect(await nodes.one.login({ code: await nodes.one.codeOf('patient') })).toMatchObject({
      status: 503,
      errno: 707,
    })

    await mariadb.restart()
    await eventually(async () => (await nodes.one.call('/readyz')).status).toBe(200)
    await eventually(() => nodes.two.info(token)).toMatchObject({ errno: 0 })
    await nodes.one.signIn('patient')
  })
})
