import { expect } from 'vitest'

/**
 * Expects what `read` gives to become so. The time allowed is far beyond what is promised: it only
 * ends tests that would never pass, and does not measure a machine that others use as well.
 */
export const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 10_000, interval: 20 })
