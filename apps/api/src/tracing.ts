import { hostname } from 'node:os'
import type { Tracing } from '@oa/tracing'
import type { Config } from './config/load-config.ts'
import { VERSION } from './config/own-package.ts'
import type { Log } from './infra/logging/log.ts'

const REPEAT_MS = 60_000

/** Traces what is created from now on. Null, and nothing is loaded, where no operator asks for traces. */
export const openTracing = async (
  settings: Config['tracing'],
  log: Log,
): Promise<Tracing | null> => {
  if (settings === null) return null
  const { startTracing } = await import('@oa/tracing')
  return startTracing({
    ...settings,
    serviceVersion: VERSION,
    instanceId: `${hostname()}-${process.pid}`,
    onError: warnNowAndThen(log),
  })
}

/** A collector that is away fails every few seconds. */
const warnNowAndThen = (log: Log) => {
  let warnedAt = Number.NEGATIVE_INFINITY
  return (reason: string) => {
    if (performance.now() - warnedAt < REPEAT_MS) return
    warnedAt = performance.now()
    log.warn({ reason }, 'traces cannot be sent')
  }
}
