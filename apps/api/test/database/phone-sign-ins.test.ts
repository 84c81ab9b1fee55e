import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { describeOnEachEngine } from './engines.ts'
import { aSignIn, later, NOW } from './fixtures.ts'
import { useTwoStores } from './two-stores.ts'

const RIVALS = 10

describeOnEachEngine('Sign-ins by phone number', (engine) => {
  const { nodes } = useTwoStores(engine)
  let last = 13_500_000_000
  const newPhone = () => {
    last += 1
    return `86-${last}`
  }
  const nodeOf = (index: number) => (index % 2 === 0 ? nodes.database : nodes.otherNode)

  it('give a number to one of ten new users who claim it at once on two stores', async () => {
    for (let round = 0; round < 20; round += 1) {
      const phone = newPhone()
      const requests = Array.from({ length: RIVALS }, () => aSignIn())
      const outcomes = await Promise.all(
        requests.map((request, index) => nodeOf(index).phoneSignIn(request, phone)),
      )

      const kinds = outcomes.map(({ kind }) => kind).sort()
      expect(kinds).toEqual(['signed-in', ...Array<string>(RIVALS - 1).fill('taken')])
      for (const [index, { kind }] of outcomes.entries()) {
        const { appId, openid } = requests[index] ?? aSignIn()
        const user = await nodes.database.users.findByKey({ appId, openid })
        expect(user !== null).toBe(kind === 'signed-in')
      }
    }
  }, 60_000)

  it('create one user from ten with the same new openid, beside sign-ins without a number', async () => {
    for (let round = 0; round < 20; round += 1) {
      const phone = newPhone()
      const openid = `o${randomUUID()}`
      const outcomes = await Promise.all(
        Array.from({ length: RIVALS }, (_, index) => {
          const request = aSignIn({ openid })
          return index % 5 === 4
            ? nodeOf(index).signIn(request)
            : nodeOf(index).phoneSignIn(request, phone)
        }),
      )

      const users = outcomes.flatMap((outcome) => ('user' in outcome ? [outcome.user.id] : []))
      expect(users).toHaveLength(RIVALS)
      expect(new Set(users).size).toBe(1)
      expect(await nodes.database.centre.find(users[0] ?? 0)).toMatchObject({ phone })
    }
  }, 60_000)

  it('that are refused leave the user as they were: no session, no new login time', async () => {
    const phone = newPhone()
    await nodes.database.phoneSignIn(aSignIn(), phone)
    const request = aSignIn()
    const before = await nodes.database.signIn(request)
    const session = { createdAt: later(1_000), ip: '192.0.2.9' }

    const outcome = await nodes.otherNode.phoneSignIn(
      aSignIn({ openid: request.openid, session }),
      phone,
    )

    expect(outcome).toEqual({ kind: 'taken' })
    expect(await nodes.database.users.find(before.user.id)).toEqual(before.user)
    expect(await nodes.database.sessions.listLive(before.user.id, NOW)).toHaveLength(1)
    expect(await nodes.database.centre.find(before.user.id)).toMatchObject({ phone: null })
  })
})
