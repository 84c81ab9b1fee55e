import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import type { OpenedCall } from './api-security/open-call.ts'
import { openCall } from './api-security/open-call.ts'
import { sealAnswer } from './api-security/seal-answer.ts'
import { withoutSecrets } from './calls.ts'
import type { AnswerStyle, Endpoint, WeChatRequest } from './endpoints/endpoint.ts'
import { BinaryReply, USUAL_STYLE } from './endpoints/endpoint.ts'
import { endpoints } from './endpoints/index.ts'
import { answerInstead, withWrongTypes } from './faults/answer.ts'
import type { Fault } from './faults/fault.ts'
import type { Answer } from './faults/send.ts'
import { NO_FAULT, sendWithFault } from './faults/send.ts'
import { toErrorBody, WeChatError } from './platform/wechat-error.ts'
import type { World } from './world.ts'

type Outcome = Answer & { errcode?: number; errmsg?: string; opened?: OpenedCall }

const READABLE_TYPE = /^[\w.+-]+\/[\w.+-]+(?:\s*;|$)/

const byPath = new Map(endpoints.map((endpoint) => [endpoint.path, endpoint]))

/** Answers WeChat's own paths; every call is remembered and every fault applied here. */
export const wechatGateway =
  (world: World): FastifyPluginCallback =>
  (app, _options, done) => {
    app.addHook('onRequest', forgetUnreadableType)
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, parsed) =>
      parsed(null, body),
    )

    app.all('/*', async (request, reply) => {
      const path = request.url.split('?')[0] ?? '/'
      const fault = world.faults.take(path)
      const style = byPath.get(path)?.style ?? USUAL_STYLE
      const seen = toWeChatRequest(request)
      const outcome =
        (fault && answerInstead(fault, style)) ??
        (await carryOut(request.method, path, seen, style, world))
      remember(world, request.method, path, seen, outcome, fault)

      return send(reply, await finish(outcome, world, fault), fault)
    })
    done()
  }

/** Fastify refuses a malformed Content-Type; WeChat ignores it. */
const forgetUnreadableType = async ({ headers }: FastifyRequest) => {
  const type = headers['content-type']
  if (type !== undefined && !READABLE_TYPE.test(type)) headers['content-type'] = 'text/plain'
}

const toWeChatRequest = (request: FastifyRequest): WeChatRequest => ({
  query: Object.fromEntries(new URL(request.url, 'http://localhost').searchParams),
  headers: request.headers,
  body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
  ip: request.ip,
})

const carryOut = async (
  method: string,
  path: string,
  request: WeChatRequest,
  style: AnswerStyle,
  world: World,
): Promise<Outcome> => {
  let opened: OpenedCall | undefined
  try {
    const endpoint = findEndpoint(method, path)
    opened = openCall(path, request, world.platform)
    const reply = await endpoint.handle(opened?.request ?? request, world.platform)
    return { ...toOutcome(reply, 0, style), ...(opened && { opened }) }
  } catch (error) {
    if (!(error instanceof WeChatError)) throw error
    const body = toErrorBody(error.errcode, error.message, style.beforeRid)
    const { sealRefusals } = world.platform.settings.sealing
    const { message: errmsg, errcode } = error
    return { ...toOutcome(body, errcode, style), errmsg, ...(opened && sealRefusals && { opened }) }
  } finally {
    const person = opened?.request.person
    if (person !== undefined) request.person = person
  }
}

const findEndpoint = (method: string, path: string): Endpoint => {
  const endpoint = byPath.get(path)
  if (!endpoint) throw new WeChatError(40066)
  const fits = endpoint.method === method || (endpoint.alsoGet && method === 'GET')
  if (!fits) throw new WeChatError(endpoint.method === 'GET' ? 43001 : 43002)

  return endpoint
}

const toOutcome = (reply: object, errcode: number, { contentType }: AnswerStyle): Outcome =>
  reply instanceof BinaryReply
    ? { status: 200, contentType: reply.contentType, body: reply.body, errcode, ...nameOf(reply) }
    : { status: 200, contentType, body: Buffer.from(JSON.stringify(reply)), errcode }

const nameOf = ({ filename }: BinaryReply) =>
  filename === undefined ? {} : { disposition: `attachment; filename="${filename}"` }

const remember = (
  world: World,
  method: string,
  path: string,
  { query, appid, person, sealed }: WeChatRequest,
  { errcode, errmsg }: Outcome,
  fault: Fault | undefined,
) => {
  const kind = fault && Object.keys(fault).find((key) => key !== 'path' && key !== 'times')
  world.calls.add({
    at: world.platform.clock.now(),
    method,
    path,
    query: withoutSecrets(query),
    ...(appid === undefined ? {} : { appid }),
    ...(person === undefined ? {} : { person }),
    ...(sealed === undefined ? {} : { sealed }),
    ...(errcode === undefined ? {} : { errcode }),
    ...(errmsg === undefined ? {} : { errmsg }),
    ...(kind === undefined ? {} : { fault: kind }),
  })
}

/** The answer as it is sent: one that a fault has changed is sealed like any other. */
const finish = async (
  { opened, ...outcome }: Outcome,
  { platform }: World,
  fault: Fault | undefined,
): Promise<Answer> => {
  const answer = fault ? withFault(outcome, fault) : outcome

  return opened ? sealAnswer(answer, opened, platform, fault?.badSeal) : answer
}

const send = async (reply: FastifyReply, answer: Answer, fault: Fault | undefined) => {
  // Fastify would spell the headers of a sealed answer in lower case.
  if (!fault && !answer.headers) {
    if (answer.disposition) reply.header('content-disposition', answer.disposition)
    return reply.code(answer.status).header('content-type', answer.contentType).send(answer.body)
  }
  reply.hijack()
  await sendWithFault(reply.raw, answer, fault ?? NO_FAULT)

  return reply
}

const withFault = (outcome: Answer, { wrongTypes, contentType }: Fault): Answer => ({
  status: outcome.status,
  contentType: contentType ?? outcome.contentType,
  body: wrongTypes
    ? Buffer.from(JSON.stringify(withWrongTypes(JSON.parse(outcome.body.toString()))))
    : outcome.body,
})
