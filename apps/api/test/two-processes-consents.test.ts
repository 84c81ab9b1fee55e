import { describeWithServers } from '@oa/test-servers/vitest'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { consentTools, NEW_DEVICE, WX_TEMPLATES } from './support/consents.ts'
import { untilItHolds } from './support/eventually.ts'
import { PUSH_TOKEN, signedQuery } from './support/push.ts'
import type { TwoProcesses } from './support/two-processes.ts'
import { startTwoProcesses } from './support/two-processes.ts'

describeWithServers(['mariadb', 'redis'], 'Consents, with two processes', () => {
  let nodes: TwoProcesses
  beforeAll(async () => {
    nodes = await startTwoProcesses({ WX_TEMPLATES, WX_PUSH_TOKEN: PUSH_TOKEN })
    await toolsOf().addTemplates()
  }, 60_000)
  afterAll(() => nodes.close())

  const toolsOf = () => consentTools({ ...nodes.two, simulator: nodes.simulator })
  let deliveries = 0
  /** One delivery of an event of WeChat's, to one of the two. */
  const deliver = async (event: object) => {
    deliveries += 1
    const node = deliveries % 2 === 0 ? nodes.one : nodes.two
    const { status } = await fetch(
      `${node.url}/wx/push${signedQuery(undefined, `nonce-${deliveries}`)}`,
      {
        method: 'POST',
        body: JSON.stringify({ ToUserName: 'gh_1', MsgType: 'event', ...event }),
      },
    )
    return status
  }

  it('count each push once, though both are given all of them', async () => {
    const tools = toolsOf()
    const token = await nodes.signIn(nodes.one, 'counted')
    const events = await Promise.all(
      Array.from({ length: 12 }, (_, second) => tools.accepting('counted', NEW_DEVICE, second)),
    )

    const statuses = await Promise.all([...events, ...events, ...events].map(deliver))

    // While one handles a push, the other says that it is busy, and WeChat delivers again.
    expect(statuses.filter((status) => status !== 200 && status !== 409)).toEqual([])
    expect(await tools.left(token, NEW_DEVICE)).toBe(12)
  })

  it('spend one consent on one message, though both have a new device to tell of', async () => {
    const tools = toolsOf()
    const token = await nodes.signIn(nodes.one, 'told', 'the-first-device')
    await tools.ask('told', [NEW_DEVICE])
    await deliver(await tools.accepting('told', NEW_DEVICE, 1))
    expect(await tools.left(token, NEW_DEVICE)).toBe(1)

    await Promise.all(
      [nodes.one, nodes.two].flatMap((node) =>
        ['a', 'b', 'c'].map((name) => nodes.signIn(node, 'told', `another-device-${name}`)),
      ),
    )

    await untilItHolds(async () => expect(await tools.messagesTo('told')).toHaveLength(1))
    expect(await tools.left(token, NEW_DEVICE)).toBe(0)
    type Sessions = { newDevices: unknown[] }
    await untilItHolds(async () =>
      expect(
        (await nodes.two.call<Sessions>('/wx/auth/sessions', { token })).data.newDevices,
      ).toHaveLength(3),
    )
  })
})
