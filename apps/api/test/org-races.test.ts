import { describeWithServers } from '@oa/test-servers/vitest'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { orgCalls, orgTools } from './support/org.ts'
import { callsOf } from './support/own-data.ts'
import type { TestApi } from './support/start-test-api.ts'
import { startTestApi } from './support/start-test-api.ts'
import { startTwoServers } from './support/two-servers.ts'

type Nodes = { one: TestApi; two: TestApi; close(): Promise<void> }

const onOneNode = async (): Promise<Nodes> => {
  const one = await startTestApi()
  return { one, two: one, close: () => one.close() }
}

const suite = (start: () => Promise<Nodes>) => () => {
  let nodes: Nodes
  let tools: ReturnType<typeof orgTools>
  beforeAll(async () => {
    nodes = await start()
    tools = orgTools(nodes.one)
  }, 60_000)
  afterAll(() => nodes.close())

  /** The calls of every second caller go to the other node. */
  const callsFor = (index: number) => orgCalls(index % 2 === 0 ? nodes.one : nodes.two)
  const newPeople = async (count: number) => {
    const people = await Promise.all(Array.from({ length: count }, () => tools.newPerson()))
    return people.map(({ token }) => token)
  }
  const tally = (errnos: readonly number[]) => {
    const counts: Record<number, number> = {}
    for (const errno of errnos) counts[errno] = (counts[errno] ?? 0) + 1
    return counts
  }
  const activeIn = async (owner: string) => (await tools.allMembers(owner)).data.items

  it('lets one of a hundred people who want the last place in', async () => {
    const { owner } = await tools.newOrg()
    const { invitation } = (await tools.invite(owner.token, { maxUses: 1 })).data
    const people = await newPeople(100)

    const answers = await Promise.all(
      people.map((token, index) => callsFor(index).join(token, invitation)),
    )

    expect(tally(answers.map(({ errno }) => errno))).toEqual({ 0: 1, 724: 99 })
    expect(await activeIn(owner.token)).toHaveLength(2)
  }, 60_000)

  it('gives places to as many as there are, pending ones included', async () => {
    const { owner } = await tools.newOrg()
    const { invitation } = (await tools.invite(owner.token, { maxUses: 5, needsApproval: true }))
      .data
    const people = await newPeople(20)

    const answers = await Promise.all(
      people.map((token, index) => callsFor(index).join(token, invitation)),
    )

    expect(tally(answers.map(({ errno }) => errno))).toEqual({ 0: 5, 724: 15 })
    expect((await tools.requests(owner.token)).data.items).toHaveLength(5)
    expect((await tools.invitations(owner.token)).data.invitations[0]).toMatchObject({
      uses: 5,
      over: 'used',
    })
  }, 60_000)

  it('takes one place for a user who taps ten times, and answers each time the same', async () => {
    const { owner } = await tools.newOrg()
    const { invitation } = (await tools.invite(owner.token, { maxUses: 3 })).data
    const { token } = await tools.newPerson()

    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => callsFor(index).join(token, invitation)),
    )

    expect(tally(answers.map(({ errno }) => errno))).toEqual({ 0: 10 })
    expect(new Set(answers.map(({ data }) => data.memberId)).size).toBe(1)
    expect((await tools.invitations(owner.token)).data.invitations[0]).toMatchObject({ uses: 1 })
  })

  it('lets nobody in once the revocation of an invitation was answered', async () => {
    const { owner } = await tools.newOrg()
    const made = (await tools.invite(owner.token)).data
    const people = await newPeople(40)

    const [before, after] = [people.slice(0, 20), people.slice(20)]
    const early = before.map((token, index) => callsFor(index).join(token, made.invitation))
    await tools.revoke(owner.token, made.id)
    const late = after.map((token, index) => callsFor(index).join(token, made.invitation))

    const came = (await Promise.all(early)).filter(({ errno }) => errno === 0).length
    expect(tally((await Promise.all(late)).map(({ errno }) => errno))).toEqual({ 724: 20 })
    expect(await activeIn(owner.token)).toHaveLength(1 + came)
  }, 60_000)

  type Way = (token: string, orgId: string, other: string, index: number) => Promise<number>
  const WAYS: Record<string, Way> = {
    leaving: async (token, orgId, _other, index) =>
      (await callsFor(index).leave(token, orgId)).errno,
    'making each other a member': async (token, _orgId, other, index) =>
      (await callsFor(index).change(token, other, { version: 2, role: 'member' })).errno,
    'suspending each other': async (token, _orgId, other, index) =>
      (await callsFor(index).change(token, other, { version: 2, state: 'suspended' })).errno,
    'closing their accounts': async (token, _orgId, _other, index) =>
      (await callsOf(index % 2 === 0 ? nodes.one : nodes.two).close(token)).errno,
  }

  it.each(Object.entries(WAYS))(
    'keeps an owner when two of them race by %s',
    async (_how, way) => {
      for (let round = 0; round < 8; round += 1) {
        const { orgId, owner } = await tools.newOrg()
        const second = await tools.newMember(owner.token)
        const made = await tools.change(owner.token, second.memberId, { version: 1, role: 'owner' })
        expect(made).toMatchObject({ errno: 0, data: { version: 2 } })
        const [first] = (await tools.mine(owner.token)).data.memberships
        // So that both are named by the same version.
        await tools.change(second.token, first?.memberId ?? '', { version: 1, title: '总经理' })

        const errnos = await Promise.all([
          way(owner.token, orgId, second.memberId, round),
          way(second.token, orgId, first?.memberId ?? '', round + 1),
        ])

        expect(errnos.filter((errno) => errno === 0)).toHaveLength(1)
        expect(errnos.filter((errno) => [506, 708, 725].includes(errno))).toHaveLength(1)
        const left = await Promise.all(
          [owner.token, second.token].map(async (token) => (await tools.mine(token)).data),
        )
        const owners = left
          .flatMap((data) => data?.memberships ?? [])
          .filter(({ role, state }) => role === 'owner' && state === 'active')
        expect(owners).toHaveLength(1)
      }
    },
    60_000,
  )

  it('refuses a suspended member at the next request, on every node', async () => {
    const { owner } = await tools.newOrg()
    const member = await tools.newMember(owner.token)
    for (const index of [0, 1]) {
      expect(await callsFor(index).members(member.token)).toMatchObject({ errno: 0 })
    }

    const suspended = { version: 1, state: 'suspended', reason: '借调到其他公司' } as const
    expect(await callsFor(0).change(owner.token, member.memberId, suspended)).toMatchObject({
      errno: 0,
    })

    for (const index of [0, 1]) {
      const refused = { status: 403, errno: 506, errmsg: expect.stringContaining('已停用') }
      expect(await callsFor(index).members(member.token)).toMatchObject(refused)
      const { memberships } = (await callsFor(index).mine(member.token)).data
      expect(memberships).toMatchObject([{ state: 'suspended', reason: '借调到其他公司' }])
    }
  })

  it('ends the membership of a user who joins while the account is being closed', async () => {
    const { owner } = await tools.newOrg()
    const { invitation } = (await tools.invite(owner.token)).data
    for (let round = 0; round < 8; round += 1) {
      const { token } = await tools.newPerson()
      const [joined, closed] = await Promise.all([
        callsFor(round).join(token, invitation, '匆匆'),
        callsOf(round % 2 === 0 ? nodes.two : nodes.one).close(token),
      ])
      expect(closed.errno).toBe(0)
      expect([0, 501, 704, 714]).toContain(joined.errno)
    }
    const names = (await activeIn(owner.token)).map(({ name }) => name)
    expect(names).toEqual(['所有者'])
  }, 60_000)
}

describe('A company on SQLite', suite(onOneNode))
describeWithServers(['mariadb', 'redis'], 'A company on two nodes', suite(startTwoServers))
