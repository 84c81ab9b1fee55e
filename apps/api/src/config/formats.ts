import { isIP } from 'node:net'
import { parseKeys } from './key-ring.ts'
import { parseTemplates } from './message-templates.ts'
import { isPublishedAppId, isPublishedSecret } from './published.ts'
import { parseServiceTokens } from './service-tokens.ts'

/** HS256 wants as many bytes as its hash has. */
export const JWT_KEY_LENGTH = { min: 32 }
/** AES-256. */
export const SESSION_KEY_LENGTH = { min: 32, max: 32 }

/** What is wrong with a value, in words that do not repeat it; null when nothing is. */
type Check = (value: string) => string | null

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

export const isLoopback = (url: string) => LOOPBACK.has(new URL(url).hostname)

const insecureUrl: Check = (value) => {
  if (!hasProtocol(value, ['http:', 'https:'])) return 'must be an https:// URL'
  return value.startsWith('https:') || isLoopback(value)
    ? null
    : 'must be https:// unless it is this machine'
}

/** One check a format of `Env`. */
export const FORMATS: Record<string, Check> = {
  'trust-proxy': (value) =>
    parseTrustProxy(value) === null
      ? 'must be a number of proxies, or a list of their addresses or CIDR ranges'
      : null,
  'database-url': (value) =>
    hasProtocol(value, ['mysql:', 'mariadb:']) ? null : 'must be a mysql:// or mariadb:// URL',
  'redis-url': (value) =>
    hasProtocol(value, ['redis:', 'rediss:']) ? null : 'must be a redis:// or rediss:// URL',
  'api-base': (value) => insecureUrl(value),
  // In a network of its own as a rule, and no secret is in what it gets.
  'collector-url': (value) =>
    hasProtocol(value, ['http:', 'https:']) ? null : 'must be an http:// or https:// URL',
  'public-url': (value) => {
    const problem = insecureUrl(value)
    if (problem !== null || new URL(value).origin === value) return problem
    return 'must end after the host: https://oa.example.com'
  },
  'wx-appid': (value) => {
    if (isPublishedAppId(value)) return 'is the one of a published article: use your own'
    return /^wx[0-9a-f]{16}$/.test(value) ? null : 'must be wx and 16 hexadecimal digits'
  },
  'wx-secret': (value) => {
    if (isPublishedSecret(value)) return 'is the one of a published article: use your own'
    return /^[0-9a-f]{32}$/.test(value) ? null : 'must be 32 hexadecimal digits'
  },
  'push-token': (value) =>
    /^[A-Za-z0-9]{3,32}$/.test(value) ? null : 'must be 3 to 32 letters and digits',
  'push-aes-key': (value) =>
    /^[A-Za-z0-9+/]{43}$/.test(value) ? null : 'must be an EncodingAESKey of 43 characters',
  'message-templates': (value) => {
    const templates = parseTemplates(value)
    return typeof templates === 'string' ? templates : null
  },
  'internal-tokens': (value) => {
    const tokens = parseServiceTokens(value)
    return typeof tokens === 'string' ? tokens : null
  },
  'jwt-keys': (value) => wrongKeys(value, JWT_KEY_LENGTH),
  'session-keys': (value) => wrongKeys(value, SESSION_KEY_LENGTH),
}

/** `1` → one proxy; `10.0.0.0/8,127.0.0.1` → these; null when it is neither. */
export const parseTrustProxy = (value: string): number | string[] | null => {
  if (/^\d{1,2}$/.test(value)) return Number(value)
  const ranges = value.split(',').map((range) => range.trim())
  return ranges.every(isRange) ? ranges : null
}

const isRange = (range: string) => {
  const [address = '', bits, ...rest] = range.split('/')
  return isIP(address) !== 0 && rest.length === 0 && (bits === undefined || /^\d{1,3}$/.test(bits))
}

const hasProtocol = (value: string, protocols: string[]) =>
  URL.canParse(value) && protocols.includes(new URL(value).protocol)

const wrongKeys = (value: string, length: { min: number; max?: number }) => {
  const keys = parseKeys(value, length)
  return typeof keys === 'string' ? keys : null
}
