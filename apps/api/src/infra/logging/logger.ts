import type { DestinationStream, Logger, LoggerOptions } from 'pino'
import { pino } from 'pino'
import { createReadableStream } from './readable-stream.ts'
import { serializeError } from './serialize-error.ts'

/** A second net: nothing is meant to log these, and a slip shows `[redacted]`. */
const SECRET_KEYS = [
  'accessToken',
  'access_token',
  'authorization',
  'code',
  'cookie',
  'encryptedData',
  'iv',
  'js_code',
  'mobile',
  'openid',
  'password',
  'phone',
  'secret',
  'sessionKey',
  'session_key',
  'sealedSessionKey',
  'token',
  'unionid',
  '["x-oa-service-token"]',
  '["x-oa-token"]',
]
const DEPTHS = ['', '*.']

type Options = {
  level: string
  /** Lines for people instead of JSON for machines. */
  readable: boolean
  /** Stands in every line for machines. */
  base?: Readonly<Record<string, string>> | undefined
  /** Standard output by default. */
  destination?: DestinationStream | undefined
}

/** One JSON object a line, times in UTC; errors and secrets never whole. */
export const createLogger = ({ level, readable, base, destination }: Options): Logger =>
  pino(
    {
      level,
      base: readable ? null : (base ?? null),
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: (error: unknown) => serializeError(error) },
      redact: { paths: redactedPaths(), censor: '[redacted]' },
      hooks: HOOKS,
    },
    destination ?? (readable ? createReadableStream(process.stdout) : pino.destination(1)),
  )

/** Of a bare error pino would repeat the text as the line's message, unscrubbed. */
const HOOKS: NonNullable<LoggerOptions['hooks']> = {
  logMethod(args, method) {
    const [first, message = 'an error'] = args
    if (first instanceof Error) method.call(this, { err: first }, message)
    else method.apply(this, args)
  },
}

const redactedPaths = () =>
  DEPTHS.flatMap((prefix) =>
    SECRET_KEYS.map((key) => (key.startsWith('[') ? `${prefix.slice(0, -1)}${key}` : prefix + key)),
  )
