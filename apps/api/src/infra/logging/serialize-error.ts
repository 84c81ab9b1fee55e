const MAX_MESSAGE_LENGTH = 300
const MAX_FRAMES = 12
const MAX_CAUSES = 3
/** As long as WeChat's session keys and openids, hashes and tokens; words are not. Or a phone number. */
const SECRET_LIKE = /\b\d{14}_[a-z_]+\b|[\w+/=.~-]{20,}|\+?\d[\d-]{8,}/g
/** A migration, which no secret looks like and an operator has to know. */
const MIGRATION = /^\d{14}_[a-z_]+$/
/** `TypeError`, `ECONNREFUSED`, `FST_ERR_HANDLER_TIMEOUT`: what programs name errors. */
const NAME = /^[A-Za-z_]{1,60}$/

/** What a log may know of an error: no properties, and no text in which a secret could hide. */
export type SerializedError = {
  type: string
  message: string
  /** `code` of the error; named so that redaction of login codes leaves it alone. */
  errorCode?: string
  stack?: string
  cause?: SerializedError
}

export const serializeError = (error: unknown, depth = 0): SerializedError => {
  if (!(error instanceof Error)) return { type: typeof error, message: '' }
  const { name, message, stack, cause } = error
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  return {
    type: scrubName(name),
    message: scrub(message),
    ...(code === undefined ? {} : { errorCode: scrubName(code) }),
    ...(stack === undefined ? {} : { stack: framesOf(stack, message) }),
    ...(cause === undefined || depth === MAX_CAUSES
      ? {}
      : { cause: serializeError(cause, depth + 1) }),
  }
}

/** What led to a failure, in one line, where the stack says nothing new. */
export const summarizeError = (error: unknown): string => {
  const { type, message, cause } = serializeError(error)
  const { type: causeType, message: causeMessage } = cause ?? { type, message }
  return `${causeType}: ${causeMessage}`
}

const scrubName = (name: string) => (NAME.test(name) ? name : scrub(name))

/** Replaces whatever could be a secret, and shortens. */
const scrub = (text: string) =>
  text
    .replace(SECRET_LIKE, (found) => (MIGRATION.test(found) ? found : '[…]'))
    .slice(0, MAX_MESSAGE_LENGTH)

/** The stack begins with the message again: only the frames are kept. */
const framesOf = (stack: string, message: string) =>
  stack
    .slice(stack.indexOf(message) + message.length)
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, MAX_FRAMES)
    .join('\n')
