import { describeWithServers } from '@oa/test-servers/vitest'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { drawToken, serviceCalls } from './support/internal.ts'
import { phoneTools } from './support/phone.ts'
import type { TwoServers } from './support/two-servers.ts'
import { startTwoServers } from './support/two-servers.ts'

const SERVICE_TOKEN = drawToken()
const TOTAL = 75

describeWithServers(['mariadb', 'redis'], 'two servers in one process that share WeChat', () => {
  let nodes: TwoServers
  beforeAll(async () => {
    nodes = await startTwoServers({
      INTERNAL_TOKENS: `billing:${SERVICE_TOKEN}`,
      PHONE_BUDGET_PER_PERSON: '2',
      PHONE_BUDGET_TOTAL: String(TOTAL),
    })
  })
  afterAll(() => nodes.close())

  const callsOf = async (path: string) => (await nodes.simulator.control.calls({ path })).length

  it('request one access_token for any number of concurrent calls', async () => {
    const services = [nodes.one, nodes.two].map((node) => serviceCalls(node, SERVICE_TOKEN))
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) => services[index % 2]?.accessToken()),
    )

    expect(new Set(answers.map((answer) => answer?.data.access_token)).size).toBe(1)
    expect(await callsOf('/cgi-bin/stable_token')).toBe(1)
  })

  it('share one budget for phone numbers', async () => {
    const phone = phoneTools(nodes.one)
    const token = await phone.signInWithPhone('spender', '13700000001')
    const bindings = [phone, phoneTools(nodes.two), phone].map(({ bindByCode }) => bindByCode)
    const errnos = []
    for (const bind of bindings) errnos.push((await bind(token, 'spender')).errno)

    expect(errnos).toEqual([0, 0, 717])
  })

  it('both show a phone number that one of them has bound', async () => {
    expect(await phoneTools(nodes.two).mobileOf((await nodes.one.signIn('spender')).token)).toBe(
      '137******01',
    )
  })

  /** The sorted errnos when these people bind at the same time, alternating between the nodes. */
  const bindAtOnce = async (people: { name: string; phone: string }[], times = 1) => {
    const phone = phoneTools(nodes.one)
    const attempts = await Promise.all(
      people.map(async (person) => {
        const token = await phone.signInWithPhone(person.name, person.phone)
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

  it('keep to the budget of a user who binds on both at the same time', async () => {
    const errnos = await bindAtOnce([{ name: 'racer', phone: '13700000002' }], 20)

    expect(errnos).toEqual([0, 0, ...Array(18).fill(717)])
  })

  it('bind a phone number to one of fifty accounts that bind it at the same time', async () => {
    const crowd = Array.from({ length: 50 }, (_, index) => ({
      name: `crowd-${index}`,
      phone: '13700000003',
    }))

    expect(await bindAtOnce(crowd)).toEqual([0, ...Array(49).fill(716)])
  })

  it('pay for no more phone numbers than the total budget', async () => {
    const left = TOTAL - (await paid())
    const crowd = Array.from({ length: left + 20 }, (_, index) => ({
      name: `late-${index}`,
      phone: `1370000${1000 + index}`,
    }))

    expect(await bindAtOnce(crowd)).toEqual([...Array(left).fill(0), ...Array(20).fill(717)])
    expect(await paid()).toBe(TOTAL)
  })
})
