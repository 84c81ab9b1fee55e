import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  EmptyResult,
  ItemParams,
  MakeScreenRequest,
  Ok,
  ScreenResult,
  ScreenState,
} from '@oa/contracts'
import { Type } from 'typebox'
import { TEXTS } from '../errors/texts.ts'
import { FAILURES, ok } from '../http/replies.ts'
import { WINDOW_MS } from './code.ts'
import { toShownCode } from './routes.ts'
import { SCREEN_CSP, SCREEN_PAGE } from './screen-page.ts'
import type { Screens } from './screens.ts'

const SCHEMA = { tags: ['meeting'], security: [{ token: [] }] }
const MINUTE_MS = 60_000
/** A projector asks 30 times a minute; one office has one address. */
const PER_MINUTE = 600

type Options = {
  screens: Screens
  /** Where browsers reach this API; null where it is not configured: where the caller reached it. */
  publicUrl: string | null
}

/** To be registered behind the guard. */
export const screenLinkRoutes: FastifyPluginAsyncTypebox<Options> = async (
  app,
  { screens, publicUrl },
) => {
  app.post(
    '/wx/meeting/:id/screen',
    {
      schema: {
        ...SCHEMA,
        summary: 'A link for a browser that shows codes and counts to the room',
        params: ItemParams,
        body: MakeScreenRequest,
        response: { 200: Ok(ScreenResult), ...FAILURES },
      },
    },
    async ({ auth, params, body, id, protocol, host }) => {
      const { requestId } = body
      const { token, expiresAt } = await screens.make(auth.user, params.id, requestId, id)
      const url = `${publicUrl ?? `${protocol}://${host}`}/screen/${token}`
      return ok({ url, expiresAt: expiresAt.toISOString() })
    },
  )
  app.delete(
    '/wx/meeting/:id/screen',
    {
      schema: {
        ...SCHEMA,
        summary: 'Close the links of a meeting for good',
        params: ItemParams,
        response: { 200: Ok(EmptyResult), ...FAILURES },
      },
    },
    async ({ auth, params, id }) => {
      await screens.close(auth.user, params.id, id)
      return ok({})
    },
  )
}

const Params = Type.Object({ token: Type.String({ maxLength: 64 }) })
const Html = Type.String()
const Picture = Type.Unsafe<Buffer>({ type: 'string', format: 'binary' })

/** What a browser asks for; who has the link needs no sign-in. */
export const screenRoutes: FastifyPluginAsyncTypebox<Pick<Options, 'screens'>> = async (
  app,
  { screens },
) => {
  const limit = app.createLimit({
    name: 'screen',
    max: PER_MINUTE,
    windowMs: MINUTE_MS,
    of: 'address',
    errmsg: TEXTS.TOO_MANY_REQUESTS.screen,
  })
  app.get(
    '/screen/:token',
    {
      onRequest: limit,
      schema: {
        tags: ['meeting'],
        summary: 'The page for a projector; it asks for its state',
        params: Params,
        produces: ['text/html'],
        response: { 200: Html, ...FAILURES },
      },
    },
    async (_request, reply) =>
      reply
        .type('text/html; charset=utf-8')
        .headers({ 'content-security-policy': SCREEN_CSP, 'x-robots-tag': 'noindex' })
        .send(SCREEN_PAGE),
  )
  app.get(
    '/screen/:token/state',
    {
      onRequest: limit,
      schema: {
        tags: ['meeting'],
        summary: 'Codes and counts for a projector, without names',
        params: Params,
        response: { 200: Ok(ScreenState), ...FAILURES },
      },
    },
    async ({ params }) => {
      const { meeting, codes, opensAt, now } = await screens.show(params.token)
      const { title, state, present, late, people, startsAt, org } = meeting
      return ok({
        title,
        state,
        startsAt: startsAt.toISOString(),
        opensAt: opensAt.toISOString(),
        timeZone: org.timeZone,
        codes: codes.map(toShownCode),
        now: now.toISOString(),
        everyMs: WINDOW_MS,
        present,
        late,
        people,
      })
    },
  )
  app.get(
    '/screen/:token/picture',
    {
      onRequest: limit,
      schema: {
        tags: ['meeting'],
        summary: "WeChat's code that opens the page of the meeting",
        params: Params,
        produces: ['image/png', 'image/jpeg'],
        response: { 200: Picture, ...FAILURES },
      },
    },
    async ({ params }, reply) => {
      const { contentType, data } = await screens.drawPicture(params.token)
      return reply.type(contentType).send(data)
    },
  )
}
