import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { freezing } from '../../src/account/status-change.ts'
import type { SignInOutcome } from '../../src/sign-in/sign-in.ts'
import { describeOnEachEngine } from './engines.ts'
import { aSignIn, later, NOW } from './fixtures.ts'
import { useTwoStores } from './two-stores.ts'

describeOnEachEngine('Concurrent sign-ins', (engine) => {
  const { nodes, signIn } = useTwoStores(engine)

  it('create one user from a hundred with the same new openid on two stores', async () => {
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

  it('have the same results as alone: user, session, endings, refusal', async () => {
    const frozen = await signIn()
    await nodes.database.accounts.setStatus(frozen.user.id, freezing(), NOW)
    const phone = { deviceId: 'device-phone' }
    const twice = `o${randomUUID()}`
    const [first, second, refused, other] = await Promise.all([
      signIn(aSignIn({ openid: twice, session: phone })),
      signIn(aSignIn({ openid: twice, session: { ...phone, createdAt: later(5) } })),
      nodes.database.signIn(aSignIn({ openid: frozen.request.openid })),
      signIn(aSignIn({ unionid: 'oUnionOfOne' })),
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

  it('fail alone when their own row cannot be written', async () => {
    const { sessionId } = await signIn()
    const outcomes = await Promise.allSettled([
      signIn(),
      signIn(aSignIn({ session: { id: sessionId } })),
      signIn(),
    ])

    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  })

  it('use up no id for a returning user', async () => {
    const { request, user } = await signIn()
    const again = () => signIn(aSignIn({ openid: request.openid }))
    for (let index = 0; index < 5; index += 1) await again()
    await Promise.all(Array.from({ length: 20 }, again))

    expect((await signIn()).user.id).toBe(user.id + 1)
  })

  it('create a hundred users from a hundred new openids', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        (index % 2 === 0 ? nodes.database : nodes.otherNode).signIn(aSignIn()),
      ),
    )

    expect(new Set(outcomes.map(({ user }) => user.id)).size).toBe(100)
  }, 30_000)

  it('leave no live session of a user who is frozen at the same time', async () => {
    for (let round = 0; round < 20; round += 1) {
      const { user, request } = await signIn()
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
