import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import type { ConsentStore } from '../../src/consents/sql.ts'
import { describeOnEachEngine } from './engines.ts'
import { NOW } from './fixtures.ts'
import { useTwoStores } from './two-stores.ts'

const TEMPLATE = 'template'
const MAX = 1_000_000

describeOnEachEngine('Consents, counted by two nodes', (engine) => {
  const { nodes, signIn } = useTwoStores(engine)
  const both = () => [nodes.database.consents, nodes.otherNode.consents]
  const on = (index: number): ConsentStore => both()[index % 2] ?? nodes.database.consents
  const times = <T>(count: number, work: (index: number) => Promise<T>) =>
    Promise.all(Array.from({ length: count }, (_, index) => work(index)))
  const newUser = async () => {
    const { user } = await signIn()
    const change = (pushId: string | null = randomUUID()) => ({
      userId: user.id,
      pushId,
      templateIds: [TEMPLATE],
      at: NOW,
    })
    const left = async () => (await nodes.database.consents.list(user.id))[0]?.left ?? 0
    return { userId: user.id, key: { userId: user.id, templateId: TEMPLATE }, change, left }
  }

  it('are counted once for each push, wherever and however often it arrives at once', async () => {
    const { change, left } = await newUser()
    const pushes = Array.from({ length: 8 }, () => randomUUID())

    const counted = await times(48, (index) =>
      on(index).add(change(pushes[index % pushes.length]), MAX),
    )

    expect(counted.filter(Boolean)).toHaveLength(pushes.length)
    expect(await left()).toBe(pushes.length)
  })

  it('are never spent twice, and never below none', async () => {
    const { key, change, left } = await newUser()
    await times(5, (index) => on(index).add(change(), MAX))

    const spent = await times(40, (index) => on(index).spend(key, NOW))

    expect(spent.filter(Boolean)).toHaveLength(5)
    expect(await left()).toBe(0)
  })

  it('keep their balance while they are given, spent, given back, reported and refused', async () => {
    const { key, change, left } = await newUser()
    let [given, spent, back] = [0, 0, 0]
    await times(120, async (index) => {
      const store = on(index)
      const which = (index * 7) % 10
      if (which < 4) {
        if (await store.add(change(), MAX)) given += 1
      } else if (await store.spend(key, NOW)) {
        spent += 1
        if (which < 6) {
          await store.giveBack(key)
          back += 1
        } else {
          await store.report(change())
        }
      }
    })
    expect(await left()).toBe(given - spent + back)

    await times(20, (index) =>
      index % 4 === 0 ? on(index).refuse(change()) : on(index).spend(key, NOW),
    )
    expect(await left()).toBe(0)
    expect(await on(0).spend(key, NOW)).toBe(false)
  })

  it('spent by others are taken off once, and those spent here not again', async () => {
    const { key, change, left } = await newUser()
    await times(3, (index) => on(index).add(change(), MAX))
    await on(0).spend(key, NOW)
    await on(1).report(change())
    expect(await left()).toBe(2)

    await on(1).report(change())
    expect(await left()).toBe(1)
    await times(4, (index) => on(index).report(change()))
    expect(await left()).toBe(0)
  })

  it('are none once WeChat says so, also of what was spent meanwhile', async () => {
    const { key, change, left } = await newUser()
    await times(3, (index) => on(index).add(change(), MAX))
    await on(0).spend(key, NOW)
    await on(0).none(key, NOW)
    await on(1).giveBack(key)

    expect(await left()).toBe(0)
  })

  it('that are reported stop at their bound, and leave more than that as it is', async () => {
    const { change, left } = await newUser()
    await times(6, (index) => on(index).add(change(null), 4))
    expect(await left()).toBe(4)
    await on(0).add(change(), MAX)
    await on(0).add(change(null), 4)

    expect(await left()).toBe(5)
  })
})
