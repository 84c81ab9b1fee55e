import { describe } from 'vitest'
import { findChromium } from '../../src/backends/find-chromium.ts'
import type { HostOptions } from '../../src/index.ts'

type Backend = NonNullable<HostOptions['backend']>

/** False only outside CI when no browser is found; in CI a missing browser fails the tests. */
const hasChromium = findChromium() !== null || process.env.CI === 'true'

/** Runs a suite on each backend; without a browser the Chromium suite is reported as skipped. */
export const describeOnBackends = (name: string, suite: (backend: Backend) => void): void => {
  describe(`${name} on node`, () => suite('node'))
  describeInChromium(`${name} on chromium`, () => suite('chromium'))
}

export const describeInChromium = (name: string, suite: () => void): void => {
  describe.runIf(hasChromium)(name, { timeout: 60_000 }, suite)
}
