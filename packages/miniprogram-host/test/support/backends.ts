import type { HostOptions } from '../../src/index.ts'

type Backend = NonNullable<HostOptions['backend']>

/** The backends that a suite runs on. */
export const backends: Backend[] = ['node']
