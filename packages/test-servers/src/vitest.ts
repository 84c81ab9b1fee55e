import { describe, expect, it } from 'vitest'
import type { ServerName } from './availability.ts'
import { availability } from './availability.ts'

/**
 * A suite that needs these servers. Where they are not installed it is skipped under a name that says
 * so and how to get them; in CI (`CI=true`) it fails instead.
 */
export const describeWithServers = (
  servers: readonly ServerName[],
  name: string,
  suite: () => void,
) => {
  const { missing, install } = availability(servers)
  if (missing.length === 0) {
    describe(name, suite)
  } else if (process.env.CI === 'true') {
    it(`${name}: has the servers it needs`, () => expect({ missing, install }).toBeNull())
  } else {
    describe.skip(`${name}: SKIPPED, ${missing.join(' and ')} missing: ${install}`, suite)
  }
}
