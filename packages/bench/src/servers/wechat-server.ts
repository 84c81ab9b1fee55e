import fastify from 'fastify'
import { createCode2Session } from './code2session.ts'
import { userInfo } from './profile-schema.ts'

/** The least that a sign-in has to do: ask WeChat. Nothing is stored. */
const code2Session = createCode2Session({ keepConnections: true })
const app = fastify()
app.post('/wx/auth/login_by_weixin', async (incoming) => {
  const { openid } = await code2Session((incoming.body as { code: string }).code)
  return { errno: 0, errmsg: '', data: { token: openid, userInfo } }
})
await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) })
