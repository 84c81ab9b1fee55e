/** Time-outs and limits; the defaults suit a sign-in server. */
export type PolicyOptions = {
  /** Time for one TCP and TLS handshake, ms. */
  connectTimeoutMs: number
  /** Time for a whole call with its retry, ms. */
  totalTimeoutMs: number
  /** The longest wait before the one retry, ms. */
  maxRetryDelayMs: number
  /** Concurrent calls, and connections: rate × latency (512 suffice for 5 000/s at 100 ms). */
  maxConcurrent: number
  /** Calls that may wait for a slot, within their own time budget. */
  maxQueued: number
  /** The longest answer, bytes. */
  maxResponseBytes: number
  /** The breaker opens when more than half of at least 5 calls within this time failed, ms. */
  breakerWindowMs: number
  /** How long the breaker stays open before one call tries again, ms. */
  breakerOpenMs: number
  /** How long a call takes to be reported as slow, ms. */
  slowMs: number
}

export const DEFAULT_BASE_URL = 'https://api.weixin.qq.com'

const DEFAULT_POLICY: PolicyOptions = {
  connectTimeoutMs: 1_000,
  totalTimeoutMs: 3_000,
  maxRetryDelayMs: 300,
  maxConcurrent: 512,
  maxQueued: 1_024,
  maxResponseBytes: 65_536,
  breakerWindowMs: 2_000,
  breakerOpenMs: 2_000,
  slowMs: 1_000,
}

/** The options with defaults filled in; throws a TypeError that names an option that is out of range. */
export const resolvePolicy = (options: Partial<PolicyOptions>): PolicyOptions => {
  const policy = { ...DEFAULT_POLICY }
  for (const name of Object.keys(policy) as (keyof PolicyOptions)[]) {
    const value = options[name] ?? policy[name]
    const least = name === 'maxQueued' || name === 'maxRetryDelayMs' ? 0 : 1
    if (!Number.isSafeInteger(value) || value < least) {
      throw new TypeError(`${name} must be a whole number of at least ${least}`)
    }
    policy[name] = value
  }

  return policy
}

/** The parsed base URL; throws a TypeError for a URL over which a secret must not be sent. */
export const parseBaseUrl = (text: string = DEFAULT_BASE_URL): URL => {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url) throw new TypeError('baseUrl is not a URL')
  if (url.username || url.password || url.search || url.hash) {
    throw new TypeError('baseUrl must have no user, query or fragment')
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    throw new TypeError('baseUrl must be https, or http on a loopback address')
  }

  return url
}

const isLoopback = (hostname: string) =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
