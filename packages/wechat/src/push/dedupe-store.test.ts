import { describe, expect, it, vi } from 'vitest'
import { createMemoryDedupeStore } from './dedupe-store.ts'

describe('the dedupe store in memory', () => {
  it('keeps a value until it expires, and drops the oldest when it is full', async () => {
    const store = createMemoryDedupeStore({ maxEntries: 2 })
    expect(await store.claim('a', '1', 1_000)).toBe('1')
    expect(await store.claim('a', '2', 1_000)).toBe('1')
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 1_001)
    expect(await store.claim('a', '2', 1_000)).toBe('2')
    await store.put('b', '1', 1_000)
    await store.put('c', '1', 1_000)
    expect(await store.claim('a', '3', 1_000)).toBe('3')
  })
})
