import { findChromium } from '../../src/backends/chromium.ts'
import type { HostOptions } from '../../src/index.ts'

type Backend = NonNullable<HostOptions['backend']>

/** Where nothing may be skipped, a missing browser must fail the suite that asks for it. */
const hasChromium = findChromium() !== null || process.env.CI === 'true'

/** The backends that a suite runs on; without a browser only Node, and the suite says so. */
export const backends: Backend[] = hasChromium ? ['node', 'chromium'] : ['node']
