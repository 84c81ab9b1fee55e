import { describeWithServers } from '@oa/test-servers/vitest'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { drawToken, serviceCalls } from './support/internal.ts'
import { phoneTools } from './support/phone.ts'
import type { TwoNodes } from './support/two-nodes.ts'
import { startTwoNodes } from './support/two-nodes.ts'

const SERVICE_TOKEN = drawToken()

describeWithServers(['mariadb', 'redis'], 'WeChat, with two nodes', () => {
  let nodes: TwoNodes
  beforeAll(async () => {
    nodes = await startTwoNodes({
      INTERNAL_TOKENS: `billing:${SERVICE_TOKEN}`,
      PHONE_BUDGET_PER_PERSON: '2',
    })
  })
  afterAll(() => nodes.close())

  const callsOf = async (path: string) => (await nodes.simulator.control.calls({ path })).length

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
})
