import { createKeyRing } from './api-security/platform-certificates.ts'
import type { Calls } from './calls.ts'
import { createCalls } from './calls.ts'
import type { Faults } from './faults/fault.ts'
import { createFaults } from './faults/fault.ts'
import type { Platform, PlatformOptions } from './platform/platform.ts'
import { createPlatform } from './platform/platform.ts'
import type { Signal } from './signal.ts'
import { createSignal } from './signal.ts'

/** The platform, its pending faults, and the calls that it has seen. */
export interface World {
  platform: Platform
  readonly faults: Faults
  readonly calls: Calls
  readonly changes: Signal
  /** Restores the state of the start. */
  reset: () => void
}

export const createWorld = (options: PlatformOptions): World => {
  const changes = createSignal()
  const keyRing = createKeyRing()
  const world: World = {
    platform: createPlatform(options, keyRing),
    faults: createFaults(),
    calls: createCalls(
      () => world.platform.settings.rememberedCalls,
      () => changes.notify(),
    ),
    changes,
    reset: () => {
      world.platform.pushes.close()
      world.platform = createPlatform(options, keyRing)
      world.faults.clear()
      world.calls.clear()
    },
  }

  return world
}
