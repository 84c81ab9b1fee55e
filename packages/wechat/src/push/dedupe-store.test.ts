import { describe, expect, it, vi } from 'vitest'
import { createMemoryPushLedger } from './dedupe-store.ts'

describe('the ledger in memory', () => {
  it('keeps a text for its time and no more than it may hold', async () => {
    const ledger = createMemoryPushLedger({ maxEntries: 2 })
    expect(await ledger.claim('a', '1', 1_000)).toBe('1')
    expect(await ledger.claim('a', '2', 1_000)).toBe('1')
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 1_001)
    expect(await ledger.claim('a', '2', 1_000)).toBe('2')
    await ledger.put('b', '1', 1_000)
    await ledger.put('c', '1', 1_000)
    expect(await ledger.claim('a', '3', 1_000)).toBe('3')
  })
})
