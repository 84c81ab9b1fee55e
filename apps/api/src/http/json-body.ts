import { ERRNO } from '@oa/contracts'
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { BusinessError, badArgument } from '../errors/business-error.ts'
import { TEXTS } from '../errors/texts.ts'
import { normalizeText } from './normalize-text.ts'

const JSON_TYPE = /^application\/json\s*(?:;\s*charset="?utf-8"?\s*)?$/i

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** Accepts JSON in UTF-8 and nothing else: no other type, no compression, no invalid bytes. */
export default fp(
  async (app) => {
    const parse = app.getDefaultJsonParser('error', 'error')
    app.removeAllContentTypeParsers()
    app.addContentTypeParser(
      'application/json',
      { parseAs: 'buffer' },
      (request, body: Buffer, done) => {
        refuseOtherEncodings(request)
        // wx.request sends the type even when there is no body.
        if (body.length === 0) return done(null, undefined)
        parse(request, decode(body), (error, parsed) => {
          if (error) return done(error)
          try {
            done(null, normalizeText(parsed))
          } catch (tooDeep) {
            done(tooDeep instanceof Error ? tooDeep : new Error('unreadable body'))
          }
        })
      },
    )
  },
  { name: 'json-body' },
)

const refuseOtherEncodings = ({ headers }: FastifyRequest) => {
  const { 'content-type': type = '', 'content-encoding': encoding = 'identity' } = headers
  if (JSON_TYPE.test(type) && encoding === 'identity') return
  throw new BusinessError(ERRNO.UNSUPPORTED_MEDIA_TYPE, TEXTS.UNSUPPORTED_MEDIA_TYPE.encoding)
}

const decode = (body: Buffer) => {
  try {
    return utf8.decode(body)
  } catch (cause) {
    throw badArgument('invalidUtf8', { cause })
  }
}
