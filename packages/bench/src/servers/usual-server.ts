import { randomUUID } from 'node:crypto'
import jwt from '@fastify/jwt'
import fastify from 'fastify'
import { request } from 'undici'
import { openClient } from './prisma-client.ts'
import { profileSchema } from './profile-schema.ts'

/** The same two routes as they are usually written: a JWT, and one Prisma call each. */
const { WX_APPID: appId = '', WX_SECRET: secret = '', WX_API_BASE = '' } = process.env
const client = await openClient()
const app = fastify()
await app.register(jwt, {
  secret: randomUUID(),
  verify: { extractToken: ({ headers }) => String(headers['x-oa-token']) },
})

app.get('/wx/auth/info', { schema: profileSchema }, async (incoming) => {
  await incoming.jwtVerify()
  const { id } = incoming.user as { id: number }
  const user = await client.wxUser.findUnique({ where: { id } })
  return { errno: 0, errmsg: '', data: user }
})

app.post('/wx/auth/login_by_weixin', async (incoming) => {
  const { code } = incoming.body as { code: string }
  const { openid } = await code2Session(code)
  const now = new Date()
  const publicId = randomUUID()
  const user = await client.wxUser.upsert({
    where: { appId_openid: { appId, openid } },
    update: { lastLoginTime: now, lastLoginIp: incoming.ip },
    create: {
      publicId,
      appId,
      openid,
      username: publicId,
      nickName: '普通用户',
      addTime: now,
      updateTime: now,
      lastLoginTime: now,
      lastLoginIp: incoming.ip,
    },
  })
  const token = app.jwt.sign({ id: user.id }, { expiresIn: '7d' })
  const { nickName, avatarUrl, gender } = user
  return { errno: 0, errmsg: '', data: { token, userInfo: { nickName, avatarUrl, gender } } }
})

const code2Session = async (code: string) => {
  const query = new URLSearchParams({
    appid: appId,
    secret,
    js_code: code,
    grant_type: 'authorization_code',
  })
  const { body } = await request(`${WX_API_BASE}/sns/jscode2session?${query}`)
  return (await body.json()) as { openid: string }
}

await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) })
