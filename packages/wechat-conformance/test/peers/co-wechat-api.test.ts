import { expect, it } from 'vitest'
import { createApi } from '../../peers/co-wechat-api.ts'
import { OPENID, PNG_BYTES, useFixture } from './fixture.ts'

const start = useFixture()

it('signs in, and reports a used code', async () => {
  const { login, ...app } = await start()
  const code = await login()
  const api = createApi(app)

  expect(await api.code2Session(code)).toEqual({
    openid: OPENID,
    session_key: expect.stringMatching(/^[\w+/]{22}==$/),
  })
  await expect(api.code2Session(code)).rejects.toMatchObject({ code: 40163 })
})

it('gets an access_token, and another when WeChat refuses it', async () => {
  const { control, ...app } = await start()
  const api = createApi(app)
  await api.sendText(OPENID, '1')
  await api.sendText(OPENID, '2')
  expect(await control.calls({ path: '/cgi-bin/token' })).toHaveLength(1)

  await control.advanceClock(7_300_000)
  await api.sendText(OPENID, '3')
  expect(await control.calls({ path: '/cgi-bin/token' })).toHaveLength(2)
})

it('reports a wrong secret', async () => {
  const api = createApi({ ...(await start()), secret: 'wrong' })
  await expect(api.getAccessToken()).rejects.toMatchObject({ code: 40125 })
})

it('draws all three kinds of codes, and reports an unknown page', async () => {
  const api = createApi(await start())
  const images = [
    await api.getWXACodeUnlimit('a=1', 'pages/index'),
    await api.getWXACode('pages/index?a=1'),
    await api.createWXAQRCode('pages/index'),
  ]
  for (const image of images) {
    expect((image as Buffer).subarray(0, 4)).toEqual(PNG_BYTES.subarray(0, 4))
  }
  await expect(api.getWXACodeUnlimit('a=1', 'pages/none')).rejects.toMatchObject({ code: 41030 })
})

it('sends one subscription message for one consent', async () => {
  const api = createApi(await start())
  const send = () =>
    api.sendSubscribeMessage(OPENID, 'T1', undefined, { thing1: { value: '周会' } })

  expect(await send()).toMatchObject({ errcode: 0 })
  await expect(send()).rejects.toMatchObject({ code: 43101 })
})

it('answers a person with a text and a picture', async () => {
  const { control, ...app } = await start()
  const api = createApi(app)
  const upload = await api.uploadMedia(PNG_BYTES, 'image', 'a.png', 'image/png')
  const mediaId = String(upload.media_id)
  await api.sendText(OPENID, '你好 "<b>" 😀')
  await api.sendImage(OPENID, mediaId)

  expect(await control.messages()).toHaveLength(2)
  expect(await api.getMedia(mediaId)).toEqual(PNG_BYTES)
  await expect(api.getMedia('none')).rejects.toMatchObject({ code: 40007 })
})
