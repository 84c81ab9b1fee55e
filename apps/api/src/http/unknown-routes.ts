import { ERRNO } from '@oa/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { BusinessError } from '../errors/business-error.ts'
import { TEXTS } from '../errors/texts.ts'
import { sendFailure } from './error-replies.ts'

const MAX_URL_LENGTH = 2_048

type Pattern = { segments: string[]; methods: Set<string> }

/** Answers what no route does: 404, 405 with the methods that exist, 204 to OPTIONS, 414. */
export default fp(
  async (app) => {
    const patterns = new Map<string, Pattern>()
    app.addHook('onRoute', ({ url, method }) => {
      const pattern = patterns.get(url) ?? { segments: url.split('/'), methods: new Set() }
      for (const one of [method].flat()) pattern.methods.add(one)
      patterns.set(url, pattern)
    })
    app.addHook('onRequest', ({ raw }, _reply, done) => {
      const isTooLong = (raw.url?.length ?? 0) > MAX_URL_LENGTH
      done(isTooLong ? new BusinessError(ERRNO.URI_TOO_LONG, TEXTS.URI_TOO_LONG.url) : undefined)
    })
    app.setNotFoundHandler((request, reply) => {
      const allowed = methodsOf(patterns.values(), request)
      if (allowed.length === 0) {
        return sendFailure(
          reply,
          new BusinessError(ERRNO.UNSUPPORTED, TEXTS.UNSUPPORTED.unknownRoute),
        )
      }
      return answerOtherMethod(request, reply.header('allow', allowed.join(', ')))
    })
  },
  { name: 'unknown-routes', dependencies: ['error-replies'] },
)

const answerOtherMethod = ({ method }: FastifyRequest, reply: FastifyReply) =>
  method === 'OPTIONS'
    ? reply.code(204).send()
    : sendFailure(
        reply,
        new BusinessError(ERRNO.METHOD_NOT_ALLOWED, TEXTS.METHOD_NOT_ALLOWED.method),
      )

const methodsOf = (patterns: Iterable<Pattern>, { url }: FastifyRequest) => {
  const segments = (url.split('?', 1)[0] ?? '').split('/')
  const matching = [...patterns].filter((pattern) => matches(pattern.segments, segments))
  return [...new Set(matching.flatMap(({ methods }) => [...methods]))].sort()
}

const matches = (pattern: string[], segments: string[]) =>
  pattern.length === segments.length &&
  pattern.every((part, index) => part === segments[index] || isFilledParam(part, segments[index]))

const isFilledParam = (part: string, segment: string | undefined) =>
  part.startsWith(':') && segment !== undefined && segment !== ''
