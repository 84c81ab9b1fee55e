import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { EmptyResult, Ok } from '@oa/contracts'
import {
  AccessTokenResult,
  CustomMessageRequest,
  OpenidParams,
  OpenidResult,
  SubscribeMessageRequest,
  SubscribeMessageResult,
} from '@oa/contracts/internal'
import type { FastifyRequest } from 'fastify'
import { callerOf, FAILURES, ok } from '../http/replies.ts'
import type { Internal } from './service.ts'

const SCHEMA = { tags: ['internal'], security: [{ serviceToken: [] }] }

/** WeChat for the company's other services; to be registered behind `requireService`. */
export const internalRoutes: FastifyPluginAsyncTypebox<{ internal: Internal }> = async (
  app,
  { internal },
) => {
  app.post(
    '/internal/wechat/access_token',
    {
      schema: {
        ...SCHEMA,
        summary: "WeChat's current server credential",
        response: { 200: Ok(AccessTokenResult), ...FAILURES },
      },
    },
    async (request) => ok(await internal.accessToken(serviceCallerOf(request))),
  )
  app.get(
    '/internal/wechat/openid/:publicId',
    {
      schema: {
        ...SCHEMA,
        summary: 'Who a person is to WeChat',
        params: OpenidParams,
        response: { 200: Ok(OpenidResult), ...FAILURES },
      },
    },
    async (request) => ok(await internal.openid(request.params.publicId, serviceCallerOf(request))),
  )
  app.post(
    '/internal/wechat/subscribe_message',
    {
      schema: {
        ...SCHEMA,
        summary: 'Send a subscription message that the person has agreed to',
        body: SubscribeMessageRequest,
        response: { 200: Ok(SubscribeMessageResult), ...FAILURES },
      },
    },
    async (request) => ok(await internal.subscribeMessage(request.body, serviceCallerOf(request))),
  )
  app.post(
    '/internal/wechat/custom_message',
    {
      schema: {
        ...SCHEMA,
        summary: 'Answer somebody who wrote to customer service',
        body: CustomMessageRequest,
        response: { 200: Ok(EmptyResult), ...FAILURES },
      },
    },
    async (request) => {
      await internal.customMessage(request.body, serviceCallerOf(request))
      return ok({})
    },
  )
}

/** Login events know the caller by its name instead of its User-Agent. */
const serviceCallerOf = (request: FastifyRequest) => ({
  ...callerOf(request),
  userAgent: `service ${request.service}`,
})
