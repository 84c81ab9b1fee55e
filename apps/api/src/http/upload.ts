import { ERRNO } from '@oa/contracts'
import type { FastifyRequest } from 'fastify'
import { BusinessError, badArgument } from '../errors/business-error.ts'
import { TEXTS } from '../errors/texts.ts'

export const MAX_UPLOAD_BYTES = 1_048_576
/** What a multipart body adds to its file. */
const ENVELOPE_BYTES = 8_192

/** Of @fastify/multipart. */
export const UPLOAD_LIMITS = {
  fileSize: MAX_UPLOAD_BYTES,
  files: 1,
  fields: 0,
  parts: 1,
  headerPairs: 20,
}

/** The only file of a multipart request. Rejects with what is wrong with the request. */
export const readUpload = async (request: FastifyRequest): Promise<Buffer> => {
  if (!request.isMultipart()) {
    throw new BusinessError(ERRNO.UNSUPPORTED_MEDIA_TYPE, TEXTS.UNSUPPORTED_MEDIA_TYPE.upload)
  }
  if (Number(request.headers['content-length'] ?? 0) > MAX_UPLOAD_BYTES + ENVELOPE_BYTES) {
    throw tooLarge()
  }
  try {
    const files: Buffer[] = []
    for await (const part of request.files()) files.push(await part.toBuffer())
    const [file] = files
    if (file === undefined || files.length > 1) throw badArgument('oneFile')
    return file
  } catch (error) {
    throw describe(error)
  }
}

const tooLarge = (options?: ErrorOptions) =>
  new BusinessError(ERRNO.PAYLOAD_TOO_LARGE, TEXTS.PAYLOAD_TOO_LARGE.picture, options)

const describe = (cause: unknown): unknown => {
  if (cause instanceof BusinessError) return cause
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  if (code === 'FST_REQ_FILE_TOO_LARGE') return tooLarge({ cause })
  if (typeof code === 'string' && /^FST_.*_LIMIT$/.test(code)) {
    return badArgument('oneFile', { cause })
  }
  // Whatever else the parser meets is wrong with the body, or the body ended too early.
  return badArgument('incomplete', { cause })
}
