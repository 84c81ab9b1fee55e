import fastify from 'fastify'
import { profileSchema, userInfo } from './profile-schema.ts'

/** The least that a route of this shape can cost. */
const app = fastify()
app.get('/wx/auth/info', { schema: profileSchema }, async () => ({
  errno: 0,
  errmsg: '',
  data: userInfo,
}))
await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) })
