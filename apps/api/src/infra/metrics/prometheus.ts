import { ERRNO } from '@oa/contracts'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { MeasuredRequest, Meter } from './meter.ts'
import { REFUSED } from './meter.ts'

/** Seconds. What users feel begins at 0.1; what breaks promises at 1. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
/** How long a gauge may take to be read; the others are scraped without it. */
const GAUGE_WITHIN_MS = 2_000

const ERRNO_NAMES = new Map<number, string>(
  Object.entries(ERRNO).map(([name, errno]) => [errno, name]),
)

export type Prometheus = {
  meter: Meter
  contentType: string
  /** All series as text, in Prometheus' exposition format. */
  text(): Promise<string>
}

/** Keeps what the meter is told, for Prometheus to fetch. */
export const createPrometheus = (): Prometheus => {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const histogram = <T extends string>(name: string, help: string, labelNames: readonly T[]) =>
    new Histogram({ name, help, labelNames, buckets: BUCKETS, registers })
  const counter = <T extends string>(name: string, help: string, labelNames: readonly T[]) =>
    new Counter({ name, help, labelNames, registers })

  const refusals = counter('oa_http_failures_total', 'Answers with an errno, by its name.', [
    'errno',
  ])
  const calls = histogram('oa_wechat_call_seconds', 'Calls to WeChat, with their retries.', [
    'endpoint',
    'outcome',
  ])
  const errcodes = counter('oa_wechat_errcodes_total', 'Calls that WeChat refused, by errcode.', [
    'endpoint',
    'errcode',
  ])
  const events = counter('oa_login_events_total', 'Sign-ins, endings and refusals.', [
    'kind',
    'outcome',
  ])
  const revoked = histogram(
    'oa_revocation_seconds',
    'From the database having an ending to all nodes being told.',
    [],
  )
  const beats = histogram(
    'oa_revocation_feed_round_trip_seconds',
    'How long a message to oneself takes by the way that endings go.',
    [],
  )
  const database = histogram('oa_database_work_seconds', 'Operations, waiting included.', [
    'outcome',
  ])
  const connectionFailures = counter(
    'oa_database_connection_failures_total',
    'Connections to the database that failed.',
    [],
  )
  const redisLosses = counter('oa_redis_losses_total', 'How often Redis went away.', [])
  const recurring = histogram('oa_recurring_seconds', 'Recurring work of this process.', [
    'task',
    'outcome',
  ])
  const recurringDone = new Gauge({
    name: 'oa_recurring_last_success_timestamp_seconds',
    help: 'When recurring work last succeeded.',
    labelNames: ['task'],
    registers,
  })
  const overload = counter(
    'oa_overload_refusals_total',
    'Requests that were turned away because the process had too much to do.',
    ['what'],
  )
  // A rate needs a value from before the first one.
  for (const what of REFUSED) overload.inc({ what }, 0)

  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    meter: {
      request: createRequests(registers, (errno) =>
        refusals.inc({ errno: ERRNO_NAMES.get(errno) ?? 'other' }),
      ),
      wechatCall({ endpoint, outcome, errcode, seconds }) {
        calls.observe({ endpoint, outcome }, seconds)
        if (errcode !== null) errcodes.inc({ endpoint, errcode: String(errcode) })
      },
      loginEvent: ({ kind, outcome }) => events.inc({ kind, outcome }),
      revoked: (seconds) => revoked.observe(seconds),
      heartbeat: (seconds) => beats.observe(seconds),
      databaseWork: ({ outcome, seconds }) => database.observe({ outcome }, seconds),
      databaseConnectionFailed: () => connectionFailures.inc(),
      redisLost: () => redisLosses.inc(),
      recurring({ task, ok, seconds }) {
        recurring.observe({ task, outcome: ok ? 'ok' : 'failed' }, seconds)
        if (ok) recurringDone.set({ task }, Date.now() / 1_000)
      },
      overloadRefused: (what) => overload.inc({ what }),
      gauge({ name, help, labels = [], read }) {
        new Gauge({
          name,
          help,
          labelNames: [...labels],
          registers,
          async collect() {
            this.reset()
            const readings = await within(GAUGE_WITHIN_MS, read)
            for (const { value, labels: of = {} } of readings) this.set({ ...of }, value)
          },
        })
      },
    },
  }
}

/** Each request costs a look into a Map; the labels are put together once for each combination. */
const createRequests = (registers: Registry[], failed: (errno: number) => void) => {
  const durations = new Histogram({
    name: 'oa_http_request_seconds',
    help: 'Requests, by the pattern of their route.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: BUCKETS,
    registers,
  })
  const series = new Map<string, { observe(seconds: number): void }>()

  return ({ method, route, status, errno, seconds }: MeasuredRequest) => {
    const key = `${method} ${route} ${status}`
    const known = series.get(key) ?? durations.labels({ method, route, status: String(status) })
    series.set(key, known)
    known.observe(seconds)
    if (errno !== 0) failed(errno)
  }
}

/** What cannot be read in time is no reading: a gauge that keeps its last value would be a lie. */
const within = async <T>(ms: number, read: () => T[] | Promise<T[]>): Promise<T[]> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<T[]>((resolve) => {
    timer = setTimeout(() => resolve([]), ms)
  })
  try {
    return await Promise.race([read(), late])
  } catch {
    return []
  } finally {
    clearTimeout(timer)
  }
}
