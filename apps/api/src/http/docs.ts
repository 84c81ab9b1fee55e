import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import fp from 'fastify-plugin'

const DESCRIPTION = `
Every answer carries \`errno\`: 0 is success and comes with \`data\`; anything else comes with
\`errmsg\` alone. The HTTP status says the same. Sign in with \`/wx/auth/login_by_weixin\`, then send
the token in \`X-OA-Token\`; when an answer carries that header, use its token from then on.
`

/** OpenAPI 3.1 of every route registered after it: a page at `/docs`, the document at `/docs/json`. */
export default fp(
  async (app) => {
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: { title: 'oa-mini', version: '0.1.0', description: DESCRIPTION.trim() },
        components: {
          securitySchemes: {
            token: { type: 'apiKey', in: 'header', name: 'X-OA-Token' },
            serviceToken: { type: 'apiKey', in: 'header', name: 'X-OA-Service-Token' },
          },
        },
      },
    })
    await app.register(swaggerUi, { routePrefix: '/docs', staticCSP: true })
  },
  { name: 'docs' },
)
