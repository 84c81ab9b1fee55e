import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { freezing } from '../../src/account/status-change.ts'
import type { SignInOutcome } from '../../src/sign-in/sign-in.ts'
import { describeOnEachEngine } from './engines.ts'
import { aSignIn, later, NOW } from './fixtures.ts'
import { useTwoNodes } from './two-nodes.ts'

describeOnEachEngine('Sign-ins in a rush', (engine) => {
  const { nodes, signedIn } = useTwoNodes(engine)

  it('gives one row to a hundred simultaneous first sign-ins on two nodes, fifty times over', async () => {
    for (let round = 0; round < 50; round += 1) {
      const openid = `o${randomUUID()}`
      const outcomes = await Promise.all(
        Array.from({ length: 100 }, (_, index) =>
          (index % 2 === 0 ? nodes.database : nodes.otherNode).signIn(aSignIn({ openid })),
        ),
      )
      const users = outcomes.map(({ user }) => user)

      expect(new Set(users.map(({ id }) => id)).size).toBe(1)
      expect(new Set(users.map(({ publicId }) => publicId)).size).toBe(1)
      expect(outcomes.filter((outcome) => 'created' in outcome && outcome.created)).toHaveLength(1)
      const live = await nodes.database.sessions.listLive(users[0]?.id ?? 0, NOW)
      expect(live).toHaveLength(10)
    }
  }, 120_000)

  it('gives each of a rush what it would get alone: its session, its end, its event', async () => {
    const frozen = await signedIn()
    await nodes.database.accounts.setStatus(frozen.user.id, freezing(), NOW)
    const phone = { deviceId: 'device-phone' }
    const twice = `o${randomUUID()}`
    const [first, second, refused, other] = await Promise.all([
      signedIn(aSignIn({ openid: twice, session: phone })),
      signedIn(aSignIn({ openid: twice, session: { ...phone, createdAt: later(5) } })),
      nodes.database.signIn(aSignIn({ openid: frozen.request.openid })),
      signedIn(aSignIn({ unionid: 'oUnionOfOne' })),
    ])

    expect([first.created, second.created, other.created]).toEqual([true, false, true])
    expect(second.user).toEqual({ ...first.user, lastLoginTime: later(5) })
    expect(second.endedSessionIds).toEqual([first.sessionId])
    expect(refused.kind).toBe('refused')
    expect(other.user.unionid).toBe('oUnionOfOne')
    const live = await nodes.database.sessions.listLive(first.user.id, later(5))
    expect(live.map(({ id }) => id)).toEqual([second.sessionId])
    expect(await nodes.database.users.find(first.user.id)).toEqual(second.user)
  })

  it('fails one alone in a rush whose row cannot be written', async () => {
    const { sessionId } = await signedIn()
    const outcomes = await Promise.allSettled([
      signedIn(),
      signedIn(aSignIn({ session: { id: sessionId } })),
      signedIn(),
    ])

    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  })

  it('burns no id for people who return', async () => {
    const { request, user } = await signedIn()
    const again = () => signedIn(aSignIn({ openid: request.openid }))
    for (let index = 0; index < 5; index += 1) await again()
    await Promise.all(Array.from({ length: 20 }, again))

    expect((await signedIn()).user.id).toBe(user.id + 1)
  })

  it('lets a hundred different people sign in for the first time at once', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        (index % 2 === 0 ? nodes.database : nodes.otherNode).signIn(aSignIn()),
      ),
    )

    expect(new Set(outcomes.map(({ user }) => user.id)).size).toBe(100)
  }, 30_000)

  it('leaves no live session of a frozen person, whoever comes first', async () => {
    for (let round = 0; round < 20; round += 1) {
      const { user, request } = await signedIn()
      const [outcomes] = await Promise.all([
        Promise.all(
          [nodes.database, nodes.otherNode, nodes.database, nodes.otherNode].map((node) =>
            node.signIn(aSignIn({ openid: request.openid })),
          ),
        ),
        nodes.otherNode.accounts.setStatus(user.id, freezing(), NOW),
      ])
      expect(await nodes.database.sessions.listLive(user.id, NOW)).toEqual([])
      for (const { kind } of outcomes satisfies SignInOutcome[]) {
        expect(['signed-in', 'refused']).toContain(kind)
      }
    }
  }, 30_000)
})
