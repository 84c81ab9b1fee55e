import fastify from 'fastify'
import { profileSchema } from './profile-schema.ts'

/** The least that a route of this shape can cost. */
const app = fastify()
const data = { nickName: '普通用户12345', avatarUrl: '', gender: 0 }
app.get('/wx/auth/info', { schema: profileSchema }, async () => ({ errno: 0, errmsg: '', data }))
await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) })
