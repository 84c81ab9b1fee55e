import { describe, expect, it } from 'vitest'
import type { PushTarget } from '../src/index.ts'
import { ENCODING_AES_KEY, openPush, PUSH_TOKEN, sha1OfSorted, useReceiver } from './receiver.ts'
import { APP, useSimulator } from './support.ts'

const start = useSimulator()
const startReceiver = useReceiver()
const { appid } = APP

const startPush = async (
  target: Partial<PushTarget> = {},
  answer?: Parameters<typeof startReceiver>[0],
  settings = {},
) => {
  const { received, url } = await startReceiver(answer)
  const push = { url, token: PUSH_TOKEN, ...target }
  const simulator = await start({ apps: [{ ...APP, push }], settings })
  await simulator.control.createPerson({ name: 'alice', appid, openid: 'oAlice' })

  return { ...simulator, received }
}

const event = { appid, message: { Event: 'debug_demo', debug_str: 'a<b>&]]>c 😀' } }

describe('a pushed message', () => {
  it('is signed, as XML, with the fields every message has', async () => {
    const { control, received } = await startPush()
    const [delivery] = await control.push(event)
    const [seen] = received

    expect(delivery).toMatchObject({ acknowledged: true, attempts: [{ status: 200 }] })
    expect(seen).toMatchObject({ method: 'POST', contentType: 'text/xml', query: { keep: '1' } })
    expect(seen?.query.signature).toBe(
      sha1OfSorted(PUSH_TOKEN, seen?.query.timestamp, seen?.query.nonce),
    )
    expect(seen?.query).not.toHaveProperty('encrypt_type')
    expect(seen?.body).toMatch(
      /^<xml><ToUserName><!\[CDATA\[gh_[0-9a-f]{12}\]\]><\/ToUserName>.*<CreateTime>\d{10}<\/CreateTime>.*<Event><!\[CDATA\[debug_demo\]\]><\/Event>/,
    )
    expect(seen?.body).toContain('<![CDATA[a<b>&]]]]><![CDATA[>c 😀]]>')
  })

  it('is JSON when the app wants it', async () => {
    const { control, received } = await startPush({ format: 'json' })
    await control.push(event)

    expect(received[0]?.contentType).toBe('application/json')
    expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({
      MsgType: 'event',
      ...event.message,
    })
  })

  it.each(['xml', 'json'] as const)('is encrypted alone in safe mode (%s)', async (format) => {
    const target = { mode: 'safe', encodingAESKey: ENCODING_AES_KEY, format } as const
    const { control, received } = await startPush(target)
    await control.push(event)
    const { body = '', query = {} } = received[0] ?? {}
    const sealed = /(?:Encrypt":"|Encrypt><!\[CDATA\[)([^"\]]+)/.exec(body)?.[1] ?? ''

    expect(body).not.toContain('debug_demo')
    expect(query.encrypt_type).toBe('aes')
    expect(query.msg_signature).toBe(sha1OfSorted(PUSH_TOKEN, query.timestamp, query.nonce, sealed))
    expect(openPush(sealed).appid).toBe(appid)
    expect(openPush(sealed).message).toContain('debug_demo')
  })

  it('is both plain and encrypted in compatible mode', async () => {
    const target = { mode: 'compat', encodingAESKey: ENCODING_AES_KEY, format: 'json' } as const
    const { control, received } = await startPush(target)
    await control.push(event)
    const { Encrypt, ...shown } = JSON.parse(received[0]?.body ?? '') as Record<string, string>

    expect(shown).toMatchObject(event.message)
    expect(JSON.parse(openPush(Encrypt ?? '').message)).toEqual(shown)
  })
})

describe('delivery', () => {
  it.each(['success', '', '<xml></xml>', '{"ToUserName":"a"}'])(
    'ends at the answer %j',
    async (text) => {
      const { control, received } = await startPush({}, (_seen, _count, response) =>
        response.end(text),
      )
      const [delivery] = await control.push(event)

      expect(delivery?.acknowledged).toBe(true)
      expect(received).toHaveLength(1)
    },
  )

  it('is tried three times when the server fails', async () => {
    const { control, received } = await startPush({}, (_seen, _count, response) => {
      response.writeHead(500).end('oops')
    })
    const [delivery] = await control.push(event)

    expect(delivery).toMatchObject({ acknowledged: false, event: 'debug_demo' })
    expect(delivery?.attempts).toEqual(Array(3).fill({ status: 500, answer: 'oops' }))
    expect(new Set(received.map(({ body }) => body)).size).toBe(1)
  })

  it('is tried again when there is no answer in time, until one comes', async () => {
    const { control } = await startPush(
      {},
      (_seen, count, response) => {
        if (count === 2) response.end('success')
      },
      { pushTimeoutMs: 100 },
    )
    const [delivery] = await control.push(event)

    expect(delivery?.acknowledged).toBe(true)
    expect(delivery?.attempts).toEqual([
      { error: expect.stringMatching(/timeout/) },
      { status: 200, answer: 'success' },
    ])
  })

  it('can happen twice for one message', async () => {
    const { control, received } = await startPush()
    await control.push({ ...event, times: 2 })

    expect(received).toHaveLength(2)
    expect(received[1]?.body).toBe(received[0]?.body)
  })

  it('fails for an app that has no address, and is remembered', async () => {
    const { control } = await start()
    await control.push(event)

    expect(await control.pushes()).toMatchObject([
      { appid, acknowledged: false, attempts: [{ error: 'no push address is configured' }] },
    ])
  })
})

describe('the address', () => {
  it('is right when it echoes', async () => {
    const { control, received } = await startPush({}, ({ query }, _count, response) =>
      response.end(query.echostr),
    )

    expect(await control.verifyPush({ appid })).toEqual({ ok: true })
    expect(received[0]?.method).toBe('GET')
    expect(received[0]?.query.signature).toBe(
      sha1OfSorted(PUSH_TOKEN, received[0]?.query.timestamp, received[0]?.query.nonce),
    )
  })

  it('is wrong when it answers anything else', async () => {
    const { control } = await startPush()

    expect(await control.verifyPush({ appid })).toEqual({ ok: false })
  })
})

it.each([
  'user_info_modified',
  'user_authorization_revoke',
  'user_authorization_cancellation',
] as const)('%s names the person and the data', async (name) => {
  const { control, received } = await startPush({ format: 'json' })
  const request = { appid, person: 'alice', event: name, revokeInfo: '6' } as const
  const [delivery] = await control.userEvent(request)
  const message = JSON.parse(received[0]?.body ?? '') as Record<string, unknown>

  expect(delivery?.acknowledged).toBe(true)
  expect(message.FromUserName).not.toBe('oAlice')
  expect(message).toMatchObject({
    MsgType: 'event',
    Event: name,
    OpenID: 'oAlice',
    AppID: appid,
    RevokeInfo: '6',
  })
})
