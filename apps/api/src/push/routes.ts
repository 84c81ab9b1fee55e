import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { ERRNO } from '@oa/contracts'
import type { PushAnswer, PushQuery } from '@oa/wechat'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { notFound } from '../errors/business-error.ts'
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
/** Each mini-program but the first, which may use it as well. */
const PATH_OF_APP = '/wx/push/:appid'
const Params = Type.Object({ appid: Type.String({ maxLength: 64 }) })
/** What is not 200 brings the message back, up to three times. */
const ERRNO_OF: Record<number, number> = { 401: ERRNO.UNLOGIN, 409: ERRNO.STALE }

type Options = {
  /** Null for a mini-program that is not configured; the first one without a name. */
  inboxOf(appId?: string): PushInbox | null
  queue: PushRetryQueue
}

/** WeChat's message push: the one place that is not JSON, nor ours to define. */
export const pushRoutes: FastifyPluginAsyncTypebox<Options> = async (app, { inboxOf, queue }) => {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))

  const find = (appId?: string): PushInbox => {
    const inbox = inboxOf(appId)
    if (inbox === null) throw notFound()
    return inbox
  }
  const verify = { tags: ['push'], summary: 'WeChat checks this address', querystring: Query }
  const receive = { tags: ['push'], summary: 'WeChat pushes a message', querystring: Query }
  const answerPush = async (
    inbox: PushInbox,
    { query, body, id }: Pick<FastifyRequest, 'body' | 'id'> & { query: PushQuery },
    reply: FastifyReply,
  ) => {
    const push = { query, body: typeof body === 'string' ? body : '' }
    return answer(reply, await inbox.receive(push, (event) => queue.handle(event, id)))
  }

  app.get(PATH, { schema: verify }, async ({ query }, reply) =>
    answer(reply, find().verifyUrl(query)),
  )
  app.post(PATH, { schema: receive }, (request, reply) => answerPush(find(), request, reply))
  app.get(
    PATH_OF_APP,
    { schema: { ...verify, params: Params } },
    async ({ query, params }, reply) => answer(reply, find(params.appid).verifyUrl(query)),
  )
  app.post(PATH_OF_APP, { schema: { ...receive, params: Params } }, async (request, reply) =>
    answerPush(find(request.params.appid), request, reply),
  )
}

const answer = (reply: FastifyReply, { status, contentType, body }: PushAnswer) => {
  reply.errno = ERRNO_OF[status] ?? ERRNO.OK
  return reply.code(status).type(contentType).send(body)
}
