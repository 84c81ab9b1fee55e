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
import { callerOf } from '../http/caller.ts'
import { FAILURES, ok } from '../http/replies.ts'
import type { InternalService } from './service.ts'

const SCHEMA = { tags: ['internal'], security: [{ serviceToken: [] }] }

/** WeChat for the company's other services; to be registered behind `requireService`. */
export const internalRoutes: FastifyPluginAsyncTypebox<{ internal: InternalService }> = async (
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
    async (request) => {
      const { accessToken, expiresAt } = await internal.accessToken(serviceCallerOf(request))
      return ok({ access_token: accessToken, expires_in: secondsUntil(expiresAt) })
    },
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
    async (request) => {
      const { publicId, ...message } = request.body
      const caller = serviceCallerOf(request)
      return ok({ msgId: await internal.subscribeMessage(publicId, message, caller) })
    },
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
      const { publicId, message } = request.body
      await internal.customMessage(publicId, message, serviceCallerOf(request))
      return ok({})
    },
  )
}

/** Login events know the caller by its name instead of its User-Agent. */
const serviceCallerOf = (request: FastifyRequest) => ({
  ...callerOf(request),
  userAgent: `service ${request.service}`,
})

const secondsUntil = (at: Date) => Math.max(0, Math.floor((at.getTime() - Date.now()) / 1_000))
