import { expect, vi } from 'vitest'

/**
 * Polls `read` until the expectation holds. The timeout is far longer than what the API promises: it only
 * ends a test that would never pass, since time on a shared machine proves nothing.
 */
export const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 10_000, interval: 20 })

/** Waits until what `check` expects holds. */
export const untilItHolds = <T>(check: () => T | Promise<T>) =>
  vi.waitFor(check, { timeout: 20_000, interval: 50 })
