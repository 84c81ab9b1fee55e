import type { TwoNodes } from './two-nodes.ts'

/** What is done to Redis, or to the way there, while sessions end. */
export type Fault = {
  name: string
  /** The greatest p99 of an ending, ms. */
  targetMs: number
  begin(world: TwoNodes): Promise<void> | void
  end(world: TwoNodes): Promise<void> | void
}

const WELL_MS = 20
const ALWAYS_MS = 1_000

export const FAULTS: readonly Fault[] = [
  { name: 'well', targetMs: WELL_MS, begin() {}, end() {} },
  {
    name: 'stopped (SIGSTOP)',
    targetMs: ALWAYS_MS,
    begin: ({ redis }) => redis.kill('SIGSTOP'),
    end: ({ redis }) => redis.kill('SIGCONT'),
  },
  {
    name: 'killed (SIGKILL)',
    targetMs: ALWAYS_MS,
    begin: ({ redis }) => redis.kill('SIGKILL'),
    end: ({ redis }) => redis.restart(),
  },
  {
    name: 'restarted empty',
    targetMs: ALWAYS_MS,
    begin: ({ redis }) => redis.restart(),
    end() {},
  },
  {
    name: 'one node cut off',
    targetMs: ALWAYS_MS,
    begin: ({ line }) => line.become('stalled'),
    end: ({ line }) => line.become('open'),
  },
]
