import { describeWithServers } from '@oa/test-servers/vitest'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { drawToken, serviceCalls } from './support/internal.ts'
import { phoneTools } from './support/phone.ts'
import type { TwoNodes } from './support/two-nodes.ts'
import { startTwoNodes } from './support/two-nodes.ts'

const SERVICE_TOKEN = drawToken()
const TOTAL = 75

describeWithServers(['mariadb', 'redis'], 'WeChat, with two nodes', () => {
  let nodes: TwoNodes
  beforeAll(async () => {
    nodes = await startTwoNodes({
      INTERNAL_TOKENS: `billing:${SERVICE_TOKEN}`,
      PHONE_BUDGET_PER_PERSON: '2',
      PHONE_BUDGET_TOTAL: String(TOTAL),
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

  /** What each of these people is answered who bind at once, every other one on the other node. */
  const bindAtOnce = async (people: { name: string; phone: string }[], times = 1) => {
    const phone = phoneTools(nodes.one)
    const attempts = await Promise.all(
      people.map(async (person) => {
        const token = await phone.arrive(person.name, person.phone)
        return Promise.all(
          Array.from({ length: times }, async () => ({ token, ...(await phone.tap(person.name)) })),
        )
      }),
    )
    const answers = attempts.flat().map(({ token, code }, index) => {
      const { bind } = index % 2 === 0 ? phone : phoneTools(nodes.two)
      return bind(token, { code })
    })
    return (await Promise.all(answers)).map(({ errno }) => errno).sort()
  }
  const paid = () => callsOf('/wxa/business/getuserphonenumber')

  it('gets no more of a budget by being asked on both at once', async () => {
    const errnos = await bindAtOnce([{ name: 'racer', phone: '13700000002' }], 20)

    expect(errnos).toEqual([0, 0, ...Array(18).fill(717)])
  })

  it('vouches for a number that fifty accounts want at once: one gets it', async () => {
    const crowd = Array.from({ length: 50 }, (_, index) => ({
      name: `crowd-${index}`,
      phone: '13700000003',
    }))

    expect(await bindAtOnce(crowd)).toEqual([0, ...Array(49).fill(716)])
  })

  it('is paid for no more numbers than all together may cost', async () => {
    const left = TOTAL - (await paid())
    const crowd = Array.from({ length: left + 20 }, (_, index) => ({
      name: `late-${index}`,
      phone: `1370000${1000 + index}`,
    }))

    expect(await bindAtOnce(crowd)).toEqual([...Array(left).fill(0), ...Array(20).fill(717)])
    expect(await paid()).toBe(TOTAL)
  })
})
