/** One value of a gauge, with the values of its labels. */
export type Reading = { value: number; labels?: Readonly<Record<string, string>> }

type Gauge = {
  /** With its unit, as Prometheus wants it: `oa_disk_free_bytes`. */
  name: string
  help: string
  labels?: readonly string[]
  /** Asked at each scrape; a failure leaves the gauge out of it. */
  read(): Reading[] | Promise<Reading[]>
}

export type MeasuredRequest = {
  method: string
  /** The pattern of the route, never the URL. */
  route: string
  status: number
  errno: number
  seconds: number
}
export type MeasuredWeChatCall = {
  endpoint: string
  outcome: string
  errcode: number | null
  seconds: number
}

/** What is turned away when there is too much to do. */
export const REFUSED = ['sign_in', 'request', 'connection'] as const
export type Refused = (typeof REFUSED)[number]

/**
 * What the API counts and measures. Labels come from lists in the code (routes, outcomes, endpoints):
 * never an id, an address, a name or a secret.
 */
export type Meter = {
  request(request: MeasuredRequest): void
  wechatCall(call: MeasuredWeChatCall): void
  loginEvent(event: { kind: string; outcome: string }): void
  /** An ending was announced to all nodes, so long after the database had it. */
  revoked(seconds: number): void
  /** A message to oneself came back by the way that endings go. */
  heartbeat(seconds: number): void
  databaseWork(work: { outcome: 'ok' | 'unavailable' | 'failed'; seconds: number }): void
  databaseConnectionFailed(): void
  redisLost(): void
  /** Recurring work of this process. */
  recurring(work: { task: string; ok: boolean; seconds: number }): void
  overloadRefused(what: Refused): void
  gauge(gauge: Gauge): void
}

/** Measures nothing, at no cost: for commands, and for servers that nobody scrapes. */
export const silentMeter: Meter = {
  request() {},
  wechatCall() {},
  loginEvent() {},
  revoked() {},
  heartbeat() {},
  databaseWork() {},
  databaseConnectionFailed() {},
  redisLost() {},
  recurring() {},
  overloadRefused() {},
  gauge() {},
}
