import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { notFound } from '../errors/business-error.ts'
import { FAILURES } from '../http/replies.ts'
import type { Profiles } from './service.ts'

const Params = Type.Object(
  { file: Type.String({ maxLength: 41, pattern: '^[0-9a-f]{32}-(640|132)\\.webp$' }) },
  { additionalProperties: false },
)
const WebP = Type.Unsafe<Buffer>({ type: 'string', format: 'binary' })
const A_YEAR_S = 31_536_000

/**
 * The pictures that users uploaded. Public, because an image element sends no token; the name is as
 * hard to guess as a token, and the content of a name never changes.
 */
export const pictureRoutes: FastifyPluginAsyncTypebox<{ profiles: Profiles }> = async (
  app,
  { profiles },
) => {
  app.get(
    '/wx/pictures/:file',
    {
      schema: {
        tags: ['user'],
        summary: 'A picture that was uploaded',
        params: Params,
        produces: ['image/webp'],
        response: { 200: WebP, ...FAILURES },
      },
    },
    async ({ params }, reply) => {
      const content = await profiles.findPicture(params.file)
      if (content === null) throw notFound()
      return reply
        .type('image/webp')
        .headers({
          'cache-control': `public, max-age=${A_YEAR_S}, immutable`,
          'content-disposition': 'inline',
          'cross-origin-resource-policy': 'cross-origin',
        })
        .send(content)
    },
  )
}
