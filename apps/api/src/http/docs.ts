import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import { ERRNO, HTTP_STATUS } from '@oa/contracts'
import type { FastifySchema } from 'fastify'
import fp from 'fastify-plugin'
import { OPERATOR_GUIDE } from '../errors/operator-guide.ts'

const DESCRIPTION = `
Every answer carries \`errno\`: 0 is success and comes with \`data\`; anything else comes with
\`errmsg\` alone. The HTTP status says the same. Sign in with \`/wx/auth/login_by_weixin\`, then send
the token in \`X-OA-Token\`; when an answer carries that header, use its token from then on.
`

const SIGN_IN = '/wx/auth/login_by_weixin'

/** The table of docs/errors.md, for readers who have only the page. */
const describeErrno = () => {
  const rows = Object.entries(OPERATOR_GUIDE).map(([name, { meaning }]) => {
    const errno = ERRNO[name as keyof typeof OPERATOR_GUIDE]
    const status = errno === ERRNO.FAIL ? '–' : HTTP_STATUS[errno]
    return `| ${errno} | \`${name}\` | ${status} | ${meaning.en} | ${meaning.zh} |`
  })
  return ['| errno | name | HTTP | meaning | 含义 |', '|---|---|---|---|---|', ...rows].join('\n')
}

type Options = {
  /** The body with which sign-in can be tried; null where only WeChat gives codes. */
  signInExample: object | null
}

/** OpenAPI 3.1 of every route registered after it: a page at `/docs`, the document at `/docs/json`. */
export default fp<Options>(
  async (app, { signInExample }) => {
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: {
          title: 'oa-mini',
          version: '0.1.0',
          description: `${DESCRIPTION.trim()}\n\n${describeErrno()}`,
        },
        components: {
          securitySchemes: {
            token: { type: 'apiKey', in: 'header', name: 'X-OA-Token' },
            serviceToken: { type: 'apiKey', in: 'header', name: 'X-OA-Service-Token' },
          },
        },
      },
      transform: ({ schema, url }) => {
        if (url === SIGN_IN && signInExample !== null) {
          return {
            url,
            schema: { ...schema, body: { ...bodyOf(schema), examples: [signInExample] } },
          }
        }
        return { url, schema: isUpload(schema) ? { ...schema, body: ONE_FILE } : schema }
      },
    })
    await app.register(swaggerUi, { routePrefix: '/docs', staticCSP: true })
  },
  { name: 'docs' },
)

const bodyOf = ({ body }: FastifySchema) => (typeof body === 'object' ? body : {})

/** Read part by part, so that no schema checks it. */
const isUpload = ({ consumes }: FastifySchema) => consumes?.includes('multipart/form-data') === true

const ONE_FILE = {
  type: 'object',
  required: ['file'],
  properties: { file: { type: 'string', format: 'binary' } },
}
