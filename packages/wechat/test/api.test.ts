import { buffer } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { CASES, JPEG } from './api-cases.ts'
import { answering, createTokenPlatform, failureOf, useServers } from './support.ts'

const { startHttp, createClient } = useServers()

/** A client of a WeChat that gives this answer, and the requests it received except for the token. */
const start = async (reply: unknown, headers: Record<string, string> = {}) => {
  const sent: { path: string; query: object; body: Buffer; contentType: string | undefined }[] = []
  const server = await startHttp((request, response) => {
    if (request.url === '/cgi-bin/stable_token') {
      return answering({ access_token: 'T1', expires_in: 7_200 })(request, response)
    }
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost')
    const { access_token, ...query } = Object.fromEntries(searchParams)
    expect(access_token).toBe('T1')
    void buffer(request).then((body) => {
      sent.push({ path: pathname, query, body, contentType: request.headers['content-type'] })
      answering(reply, 200, headers)(request, response)
    })
  })

  return { client: createClient({ baseUrl: server.url }), sent }
}

describe('a call', () => {
  it.each(Object.entries(CASES))(
    '%s sends what WeChat documents and reads its answer',
    async (_name, test) => {
      const { client, sent } = await start(test.reply)

      expect(await test.call(client)).toEqual(test.result)
      expect(sent).toHaveLength(1)
      expect(sent[0]).toMatchObject({ path: test.path, query: test.query ?? {} })
      const body = sent[0]?.body.toString() ?? ''
      expect(body === '' ? undefined : JSON.parse(body)).toEqual(test.body)
    },
  )

  it.each(Object.entries(CASES))('%s passes an errcode on', async (_name, { call }) => {
    const { client } = await start({ errcode: 48001, errmsg: 'api unauthorized' })

    expect(await failureOf(call(client), 'T1', 'code1')).toMatchObject({
      reason: 'misconfigured',
      errcode: 48001,
    })
  })

  it.each(
    Object.entries(CASES).filter(([, { result }]) => result !== undefined && result !== true),
  )('%s rejects an answer without its fields as a bad response', async (name, { call }) => {
    if (name === 'checkSessionKey with an old key' || name === 'sendSubscribeMessage') return
    const { client } = await start({ errcode: 0, errmsg: 'ok' })
    expect(await failureOf(call(client))).toMatchObject({ reason: 'bad_response' })
  })

  it.each(['sendSubscribeMessage', 'sendCustomMessage (text)', 'resetUserSessionKey'])(
    '%s is not sent twice when WeChat is busy',
    async (name) => {
      const { client, sent } = await start({ errcode: -1, errmsg: 'system error' })
      expect(await failureOf(CASES[name]?.call(client) ?? Promise.resolve())).toMatchObject({
        reason: 'busy',
      })
      expect(sent).toHaveLength(1)
    },
  )
})

it('getPhoneNumber of what cannot be a code is refused before it is sent', async () => {
  const { client, sent } = await start({})
  expect(await failureOf(client.getPhoneNumber(''))).toMatchObject({ reason: 'code_invalid' })
  expect(sent).toHaveLength(0)
})

describe('pictures', () => {
  it.each(['', 'x'.repeat(33), '中文', 'a b', 'a%20'])(
    'scene %j is refused before it is sent',
    async (scene) => {
      const { client, sent } = await start(JPEG)
      await expect(client.getWxaCodeUnlimit({ scene })).rejects.toThrow(TypeError)
      expect(sent).toHaveLength(0)
    },
  )

  it.each(['/pages/a', 'pages/a?x=1'])('page %s is refused before it is sent', async (page) => {
    const { client } = await start(JPEG)
    await expect(client.getWxaCodeUnlimit({ scene: 'a', page })).rejects.toThrow(TypeError)
  })

  it('are recognised by their first bytes', async () => {
    const gif = await start(Buffer.from('GIF89a'), { 'content-type': 'text/plain' })
    expect(await gif.client.getWxaCode({ path: 'a' })).toMatchObject({ contentType: 'image/gif' })
  })
})

describe('temporary media', () => {
  it('is uploaded as one form with a Content-Length', async () => {
    const { client, sent } = await start({
      type: 'image',
      media_id: 'm-1',
      created_at: 1_700_000_000,
    })
    const file = { filename: 'a"b.jpg', contentType: 'image/jpeg', data: JPEG }

    expect(await client.uploadMedia(file)).toEqual({
      mediaId: 'm-1',
      createdAt: new Date(1_700_000_000_000),
    })
    const [{ body, contentType, query } = {}] = sent
    const form = await new Response(new Uint8Array(body ?? []), {
      headers: { 'content-type': contentType ?? '' },
    }).formData()
    const media = form.get('media') as File
    expect(query).toEqual({ type: 'image' })
    expect([media.name, media.type]).toEqual(['a_b.jpg', 'image/jpeg'])
    expect(Buffer.from(await media.arrayBuffer())).toEqual(JPEG)
    await expect(client.uploadMedia({ ...file, contentType: 'a\r\nb: c' })).rejects.toThrow(
      TypeError,
    )
  })

  it('is fetched as bytes, and a refusal becomes an error', async () => {
    const large = Buffer.concat([JPEG, Buffer.alloc(1_000_000)])
    const good = await start(large, {
      'content-type': 'image/jpeg',
      'content-disposition': 'attachment; filename="a.jpg"',
    })
    const { data, contentType } = await good.client.getMedia('m-1')
    expect([contentType, data.equals(large)]).toEqual(['image/jpeg', true])
    expect(good.sent[0]?.query).toEqual({ media_id: 'm-1' })

    const bad = await start({ errcode: 40007, errmsg: 'invalid media_id' })
    expect(await failureOf(bad.client.getMedia('m-1'))).toMatchObject({
      reason: 'rejected',
      errcode: 40007,
    })
  })
})

it('a text of more than 2500 characters is refused before it is sent', async () => {
  const { client, sent } = await start({})
  const check = { openid: 'oPerson', scene: 'forum', content: '字'.repeat(2_501) } as const
  await expect(client.msgSecCheck(check)).rejects.toThrow(TypeError)
  expect(sent).toHaveLength(0)
})

it('several appids live side by side, each with its own token', async () => {
  const [first, second] = [createTokenPlatform(), createTokenPlatform()]
  const clients = await Promise.all(
    [first, second].map(async (platform, index) =>
      createClient({ baseUrl: (await startHttp(platform.answer)).url, appId: `wx${index}` }),
    ),
  )
  second.serial = 9
  const tokens = await Promise.all(clients.map((client) => client.accessToken.get()))
  expect(tokens.map(({ accessToken }) => accessToken)).toEqual(['T1', 'T9'])
})
