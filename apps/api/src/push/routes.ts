import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { ERRNO } from '@oa/contracts'
import type { PushAnswer } from '@oa/wechat'
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import type { PushInbox } from '../infra/wechat/push-inbox.ts'
import type { PushRetryQueue } from './retry-queue.ts'

/** Fields that WeChat adds one day must not turn its pushes away. */
const Query = Type.Object({
  signature: Type.Optional(Type.String({ maxLength: 64 })),
  timestamp: Type.Optional(Type.String({ maxLength: 16 })),
  nonce: Type.Optional(Type.String({ maxLength: 64 })),
  echostr: Type.Optional(Type.String({ maxLength: 128 })),
  msg_signature: Type.Optional(Type.String({ maxLength: 64 })),
  encrypt_type: Type.Optional(Type.String({ maxLength: 16 })),
})

const PATH = '/wx/push'
/** What is not 200 brings the message back, up to three times. */
const ERRNO_OF: Record<number, number> = { 401: ERRNO.UNLOGIN, 409: ERRNO.STALE }

type Options = { inbox: PushInbox; queue: PushRetryQueue }

/** WeChat's message push: the one place that is not JSON, nor ours to define. */
export const pushRoutes: FastifyPluginAsyncTypebox<Options> = async (app, { inbox, queue }) => {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))

  app.get(
    PATH,
    { schema: { tags: ['push'], summary: 'WeChat checks this address', querystring: Query } },
    async ({ query }, reply) => answer(reply, inbox.verifyUrl(query)),
  )
  app.post(
    PATH,
    { schema: { tags: ['push'], summary: 'WeChat pushes a message', querystring: Query } },
    async ({ query, body, id }, reply) => {
      const push = { query, body: typeof body === 'string' ? body : '' }
      return answer(reply, await inbox.receive(push, (event) => queue.handle(event, id)))
    },
  )
}

const answer = (reply: FastifyReply, { status, contentType, body }: PushAnswer) => {
  reply.errno = ERRNO_OF[status] ?? ERRNO.OK
  return reply.code(status).type(contentType).send(body)
}
