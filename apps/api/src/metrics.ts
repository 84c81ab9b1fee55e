import type { Config } from './config/load-config.ts'
import { VERSION } from './config/own-package.ts'
import type { Core } from './core.ts'
import { certificateEnd } from './infra/metrics/certificate.ts'
import { diskSpace } from './infra/metrics/disk.ts'
import type { Meter } from './infra/metrics/meter.ts'
import { silentMeter } from './infra/metrics/meter.ts'
import type { WeChats } from './infra/wechat/wechats.ts'
import type { PushRetryQueue } from './push/retry-queue.ts'

const ANSWER_WITHIN_MS = 1_000
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

export type Metrics = Awaited<ReturnType<typeof openMetrics>>

/** The meter of this process, and where it is read. Without an address nothing is measured or loaded. */
export const openMetrics = async (address: Config['metrics']) => {
  if (address === null) {
    return { meter: silentMeter, port: null, text: async () => '', close: async () => {} }
  }
  const [{ createPrometheus }, { serveMetrics }] = await Promise.all([
    import('./infra/metrics/prometheus.ts'),
    import('./infra/metrics/serve-metrics.ts'),
  ])
  const prometheus = createPrometheus()
  const { port, close } = await serveMetrics(prometheus, address)
  return { meter: prometheus.meter, port, text: prometheus.text, close }
}

type Watched = {
  meter: Meter
  config: Config
  core: Core
  wechats: WeChats
  /** Null when message push is off. */
  queue: PushRetryQueue | null
}

type Recurring = { name: string; everyMs: number; work: () => Promise<unknown> }

/** The gauges of a whole server; what costs more than a look is read now and then. */
export const watchServer = (watched: Watched): { recurring: Recurring[] } => {
  if (watched.meter === silentMeter) return { recurring: [] }
  watchParts(watched)
  watchQueues(watched)
  watchMachine(watched)
  return { recurring: [watchSessions(watched), ...watchCertificate(watched)] }
}

const watchParts = ({ meter, core, wechats }: Watched) => {
  meter.gauge({
    name: 'oa_build_info',
    help: 'Always 1; the labels say what runs.',
    labels: ['version', 'node'],
    read: () => [{ value: 1, labels: { version: VERSION, node: process.version } }],
  })
  meter.gauge({
    name: 'oa_part_up',
    help: 'Whether an outside system answers; one that is not configured has no series.',
    labels: ['part'],
    async read() {
      const { feed } = core.shared
      const parts: [part: string, isUp: boolean][] = [
        ['database', await answersInTime(core.stores.check)],
        ['wechat', wechats.state() === 'up'],
      ]
      if (feed.shared) parts.push(['redis', feed.isConnected()])
      return parts.map(([part, isUp]) => ({ value: isUp ? 1 : 0, labels: { part } }))
    },
  })
  meter.gauge({
    name: 'oa_wechat_breaker_open',
    help: 'Mini-programs whose breaker is open, by group of calls.',
    labels: ['calls'],
    read() {
      const { login, api } = wechats.troubles()
      return [
        { value: login, labels: { calls: 'login' } },
        { value: api, labels: { calls: 'api' } },
      ]
    },
  })
  meter.gauge({
    name: 'oa_wechat_misconfigured',
    help: 'Mini-programs whose appid, secret or address WeChat refuses.',
    read: () => [{ value: wechats.troubles().refused }],
  })
}

/** A database that hangs is down for a scrape, which cannot wait until that is certain. */
const answersInTime = async (check: () => Promise<void>): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ANSWER_WITHIN_MS)
  })
  try {
    return await Promise.race([
      check().then(
        () => true,
        () => false,
      ),
      late,
    ])
  } finally {
    clearTimeout(timer)
  }
}

const watchQueues = ({ meter, core, queue }: Watched) => {
  meter.gauge({
    name: 'oa_revocations_pending',
    help: 'Users whose endings other nodes have not been told of.',
    read: () => [{ value: core.revocations.pending() }],
  })
  meter.gauge({
    name: 'oa_push_retry_queue',
    help: 'What WeChat pushed and waits for the database.',
    read: () => [{ value: queue?.size() ?? 0 }],
  })
  meter.gauge({
    name: 'oa_outbox_due',
    help: 'Messages and notices that are due and not taken yet, of all nodes together.',
    async read() {
      const { outbox, clock } = core.stores
      return [{ value: await outbox.countDue(new Date(clock.now())) }]
    },
  })
}

const watchMachine = ({ meter, config }: Watched) => {
  const read = () => diskSpace(config.dataDir).catch(() => diskSpace('/'))
  meter.gauge({
    name: 'oa_disk_free_bytes',
    help: 'Free space where DATA_DIR is.',
    read: async () => [{ value: (await read()).freeBytes }],
  })
  meter.gauge({
    name: 'oa_disk_size_bytes',
    help: 'Size of the file system where DATA_DIR is.',
    read: async () => [{ value: (await read()).totalBytes }],
  })
}

/** A count of all sessions, so it is as old as a few minutes. */
const watchSessions = ({ meter, core: { stores } }: Watched): Recurring => {
  let live: number | null = null
  const count = async () => {
    live = await stores.sessions.countLive(new Date(stores.clock.now()))
  }
  meter.gauge({
    name: 'oa_live_sessions',
    help: 'Sessions that are live, in all nodes together; counted every few minutes.',
    async read() {
      if (live === null) await count()
      return live === null ? [] : [{ value: live }]
    },
  })
  return { name: 'counting sessions', everyMs: 5 * MINUTE_MS, work: count }
}

/** Of the address that phones use; a proxy in front of this process shows it. */
const watchCertificate = ({ meter, config }: Watched): Recurring[] => {
  const url = config.contentCheck?.publicUrl
  if (url === undefined || !url.startsWith('https:')) return []
  let end: Date | null = null
  const look = async () => {
    end = await certificateEnd(url)
  }
  meter.gauge({
    name: 'oa_certificate_end_timestamp_seconds',
    help: 'When the certificate of PUBLIC_URL ends.',
    async read() {
      if (end === null) await look()
      return end === null ? [] : [{ value: end.getTime() / 1_000 }]
    },
  })
  return [{ name: 'looking at the certificate', everyMs: 6 * HOUR_MS, work: look }]
}
