import type { ErrnoFailure } from '@oa/contracts'
import { ERRNO, HTTP_STATUS } from '@oa/contracts'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { BusinessError, badArgument, unavailable } from '../errors/business-error.ts'
import { TEXTS } from '../errors/texts.ts'
import { DatabaseUnavailable } from '../infra/database/failures.ts'
import { summarizeError } from '../infra/logging/serialize-error.ts'
import { describeInvalid } from './describe-invalid.ts'

declare module 'fastify' {
  interface FastifyReply {
    /** What the response carried; for the log. */
    errno: number
  }
}

const UNAVAILABLE_RETRY_SECONDS = 2

/** Turns whatever was thrown into `{errno, errmsg}` with the status that belongs to it. */
export default fp(
  async (app) => {
    app.decorateReply('errno', ERRNO.OK)
    app.setErrorHandler((error: FastifyError, request, reply) => {
      const failure = toFailure(error)
      if (failure.statusCode >= 500) logFailure(request, error, failure)
      return sendFailure(reply, failure)
    })
  },
  { name: 'error-replies' },
)

/** Answers with the failure's envelope and status. */
export const sendFailure = (reply: FastifyReply, failure: BusinessError) => {
  const { errno, message, statusCode, retryAfterSeconds, reason } = failure
  reply.errno = errno
  if (retryAfterSeconds !== undefined) reply.header('retry-after', String(retryAfterSeconds))
  return reply
    .code(statusCode)
    .send({ errno, errmsg: message, ...(reason === undefined ? {} : { reason }) })
}

/** Errors of Fastify that the caller caused, and their texts. */
const FRAMEWORK: Record<string, [errno: ErrnoFailure, errmsg: string]> = {
  FST_ERR_CTP_BODY_TOO_LARGE: [ERRNO.PAYLOAD_TOO_LARGE, TEXTS.PAYLOAD_TOO_LARGE.body],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [ERRNO.UNSUPPORTED_MEDIA_TYPE, TEXTS.UNSUPPORTED_MEDIA_TYPE.type],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [ERRNO.BAD_ARGUMENT, TEXTS.BAD_ARGUMENT.incomplete],
  FST_ERR_CTP_INVALID_JSON_BODY: [ERRNO.BAD_ARGUMENT, TEXTS.BAD_ARGUMENT.invalidJson],
  FST_ERR_BAD_URL: [ERRNO.BAD_ARGUMENT, TEXTS.BAD_ARGUMENT.invalidUrl],
  FST_ERR_MAX_PARAM_LENGTH: [ERRNO.URI_TOO_LONG, TEXTS.URI_TOO_LONG.url],
}

export const toFailure = (error: FastifyError): BusinessError => {
  if (error instanceof BusinessError) return error
  if (error.validation !== undefined) {
    return new BusinessError(ERRNO.BAD_ARGUMENT, describeInvalid(error.validation), {
      cause: error,
    })
  }
  if (error instanceof DatabaseUnavailable || error.code === 'FST_ERR_HANDLER_TIMEOUT') {
    return unavailable(UNAVAILABLE_RETRY_SECONDS, { cause: error })
  }
  const known = FRAMEWORK[error.code]
  if (known !== undefined) return new BusinessError(known[0], known[1], { cause: error })
  if (error.statusCode === HTTP_STATUS[ERRNO.BAD_ARGUMENT]) {
    return badArgument('other', { cause: error })
  }
  return new BusinessError(ERRNO.SYSTEM, TEXTS.SYSTEM.bug, { cause: error })
}

/** A bug is an error with its stack; an outside system that is away needs one line. */
const logFailure = (request: FastifyRequest, error: FastifyError, { errno }: BusinessError) => {
  if (errno !== ERRNO.SYSTEM || error instanceof BusinessError) {
    return request.log.warn({ reason: summarizeError(error) }, 'a request could not be served')
  }
  request.log.error({ err: error }, 'a request met a bug')
}
