import type { FastifyBaseLogger } from 'fastify'
import type { Bindings, ChildLoggerOptions, Level, Logger } from 'pino'

/**
 * The logger of one request. pino's child, whose bindings are serialised and redacted, is made for
 * the first line that is written: most requests write none, or one.
 */
export const createRequestLogger = (
  log: Logger,
  bindings: Bindings,
  options?: ChildLoggerOptions,
): FastifyBaseLogger => new RequestLogger(log, bindings, options)

class RequestLogger implements FastifyBaseLogger {
  readonly #log: Logger
  readonly #bindings: Bindings
  readonly #options: ChildLoggerOptions | undefined
  #child: Logger | undefined

  constructor(log: Logger, bindings: Bindings, options?: ChildLoggerOptions) {
    this.#log = log
    this.#bindings = bindings
    this.#options = options
  }
  get level() {
    return this.#log.level
  }
  fatal(...line: unknown[]) {
    this.#write('fatal', line)
  }
  error(...line: unknown[]) {
    this.#write('error', line)
  }
  warn(...line: unknown[]) {
    this.#write('warn', line)
  }
  info(...line: unknown[]) {
    this.#write('info', line)
  }
  debug(...line: unknown[]) {
    this.#write('debug', line)
  }
  trace(...line: unknown[]) {
    this.#write('trace', line)
  }
  silent() {}
  child(bindings: Bindings, options?: ChildLoggerOptions) {
    return this.#own().child(bindings, options)
  }
  #own() {
    this.#child ??= this.#log.child(this.#bindings, this.#options)
    return this.#child
  }
  #write(level: Level, line: unknown[]) {
    if (this.#log.isLevelEnabled(level)) Reflect.apply(this.#own()[level], this.#own(), line)
  }
}
