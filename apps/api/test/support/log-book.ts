import type { DestinationStream } from 'pino'

export type LogLine = { level: string; msg: string } & Record<string, unknown>

/** Keeps what a server logs, so that tests can read it and nothing reaches the terminal. */
export type LogBook = DestinationStream & {
  text(): string
  lines(): LogLine[]
  /** The lines at level error or above whose message none of `expected` matches. */
  unexpectedErrors(expected: readonly RegExp[]): LogLine[]
}

export const createLogBook = (): LogBook => {
  const written: string[] = []
  const lines = () => written.map((line) => JSON.parse(line) as LogLine)
  return {
    write: (line) => void written.push(line),
    text: () => written.join(''),
    lines,
    unexpectedErrors: (expected) =>
      lines()
        .filter(({ level }) => level === 'error' || level === 'fatal')
        .filter(({ msg }) => !expected.some((pattern) => pattern.test(msg))),
  }
}
