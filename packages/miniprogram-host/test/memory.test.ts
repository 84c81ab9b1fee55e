import { expect, it } from 'vitest'
import { fixture, openForTest } from './support/target.ts'

const OPENINGS = 2_000
const MEGABYTE = 1024 * 1024

it('keeps the heap size over two thousand opened pages, and drops handles of closed pages', async () => {
  const target = await openForTest(fixture('sign-in'))
  const open = (count: number) =>
    target.run(
      `async (count) => {
        for (let n = 0; n < count; n += 1) await wx.reLaunch({ url: '/pages/home/home' })
      }`,
      count,
    )
  const heap = async () => (await target.host.send('Host.getMemory')) as number
  await open(100)
  const before = await heap()
  for (let n = 0; n < 10; n += 1) {
    await (await target.page()).$$('view')
    await open(OPENINGS / 10)
  }
  const grown = (await heap()) - before
  // One page with its elements takes about 40 KB; a leak of each would show as 80 MB.
  expect(grown).toBeLessThan(4 * MEGABYTE)
  expect(await target.host.send('Host.getHandleCount')).toEqual({ count: 0 })
}, 60_000)
