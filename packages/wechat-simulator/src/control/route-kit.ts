import type { FastifyInstance } from 'fastify'
import type { Static, TSchema } from 'typebox'

/** Adds control calls to one server: bodies are checked whole, answers are JSON. */
export interface RouteKit {
  get: (path: string, handle: () => unknown) => void
  remove: (path: string, handle: () => unknown) => void
  post: <S extends TSchema>(path: string, schema: S, handle: (body: Static<S>) => unknown) => void
}

export const createRouteKit = (app: FastifyInstance): RouteKit => ({
  get: (path, handle) => void app.get(path, async () => handle()),
  remove: (path, handle) => void app.delete(path, async () => handle()),
  post: (path, schema, handle) =>
    // The validator has just checked the body against this very schema.
    void app.post(path, { schema: { body: schema } }, async ({ body }) =>
      handle(body as Static<typeof schema>),
    ),
})
