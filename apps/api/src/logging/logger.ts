import type { DestinationStream, Logger } from 'pino'
import { pino } from 'pino'
import { createReadableStream } from './readable-stream.ts'
import { serializeError } from './serialize-error.ts'

/** A second net: nothing is meant to log these, and a slip shows `[redacted]`. */
const SECRET_KEYS = [
  'authorization',
  'code',
  'cookie',
  'js_code',
  'openid',
  'password',
  'secret',
  'sessionKey',
  'session_key',
  'sealedSessionKey',
  'token',
  'unionid',
  '["x-oa-token"]',
]
const DEPTHS = ['', '*.']

type LoggerOptions = {
  level: string
  /** Lines for people instead of JSON for machines. */
  readable: boolean
  /** Standard output unless given. */
  destination?: DestinationStream | undefined
}

/** One JSON object a line, times in UTC; errors and secrets never whole. */
export const createLogger = ({ level, readable, destination }: LoggerOptions): Logger =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: (error: unknown) => serializeError(error) },
      redact: { paths: redactedPaths(), censor: '[redacted]' },
    },
    destination ?? (readable ? createReadableStream(process.stdout) : pino.destination(1)),
  )

const redactedPaths = () =>
  DEPTHS.flatMap((prefix) =>
    SECRET_KEYS.map((key) => (key.startsWith('[') ? `${prefix.slice(0, -1)}${key}` : prefix + key)),
  )
