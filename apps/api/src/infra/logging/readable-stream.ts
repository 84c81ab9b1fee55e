import type { DestinationStream } from 'pino'

/** Turns pino's JSON lines into short lines for people at a terminal. */
export const createReadableStream = (out: { write(line: string): unknown }): DestinationStream => ({
  write(line: string) {
    out.write(`${readable(line)}\n`)
  },
})

const readable = (line: string) => {
  const entry: unknown = JSON.parse(line)
  if (typeof entry !== 'object' || entry === null) return line
  const { time, level, msg, err, reqId, ...rest } = Object.fromEntries(Object.entries(entry))
  const clock = String(time).slice(11, 19)
  const mark = level === 'info' ? '' : `${String(level).toUpperCase()} `
  return `${clock} ${mark}${sentenceOf(msg, rest)}${errorOf(err)}`
}

const sentenceOf = (msg: unknown, rest: Record<string, unknown>) => {
  if (msg === 'request') {
    const { method, route, status, errno, ms } = rest
    return `${method} ${route} → ${status} (errno ${errno}) ${ms} ms`
  }
  const details = Object.entries(rest).map(([key, value]) => ` ${key}=${JSON.stringify(value)}`)
  return `${String(msg)}${details.join('')}`
}

const errorOf = (err: unknown) => (err === undefined ? '' : `\n${JSON.stringify(err, null, 2)}`)
