import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { ErrnoFailure } from '@oa/contracts'
import { ERRNO, HTTP_STATUS } from '@oa/contracts'
import { TEXTS } from '../errors/texts.ts'

type ClientError = Error & { code?: string }

/** Answers what never became a request (too large, too slow, not HTTP) and closes the connection. */
export const answerUnreadable = (error: ClientError, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const { status, errno, errmsg } = failureOf(error)
  const body = JSON.stringify({ errno, errmsg })
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      'Content-Type: application/json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Cache-Control: no-store',
      'X-Content-Type-Options: nosniff',
      `X-Request-Id: ${randomUUID()}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  )
}

const failureOf = ({ code }: ClientError) => {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return failure(ERRNO.HEADERS_TOO_LARGE, TEXTS.HEADERS_TOO_LARGE.headers)
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return failure(ERRNO.BAD_ARGUMENT, TEXTS.BAD_ARGUMENT.timedOut)
    default:
      return failure(ERRNO.BAD_ARGUMENT, TEXTS.BAD_ARGUMENT.unreadable)
  }
}

const failure = (errno: ErrnoFailure, errmsg: string) => ({
  status: HTTP_STATUS[errno],
  errno,
  errmsg,
})
