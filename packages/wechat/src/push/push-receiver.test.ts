import { describe, expect, it } from 'vitest'
import type { PushMessage, PushQuery, PushReceiverOptions } from '../index.ts'
import { createMemoryDedupeStore, createPushReceiver, toPushEvent } from '../index.ts'
import { formatPushBody, parsePushBody } from './push-body.ts'
import { decodeAesKey, decryptPush, encryptPush, isPushSignature, signPush } from './push-crypto.ts'

const TOKEN = 'AAAAA'
const APP_ID = 'wxb11529c136998cb6'
const KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'
const NOW = 1_714_037_059_000

const REVOKED = {
  ToUserName: 'gh_97417a04a28d',
  FromUserName: 'oService',
  CreateTime: 1_714_037_059,
  MsgType: 'event',
  Event: 'user_authorization_revoke',
  OpenID: 'oPerson',
  AppID: APP_ID,
  RevokeInfo: '6',
}

const start = (options: Partial<PushReceiverOptions> = {}) => {
  const handled: PushMessage[] = []
  const dedupeStore = options.dedupeStore ?? createMemoryDedupeStore()
  const receiver = createPushReceiver({
    appId: APP_ID,
    token: TOKEN,
    now: () => NOW,
    ...options,
    dedupeStore,
  })

  return {
    receiver,
    handled,
    receive: (push: { query: PushQuery; body: string }) =>
      receiver.receive(push, async (message) => void handled.push(message)),
  }
}

const plain = (fields: object, nonce = '486452656', timestamp = String(NOW / 1_000)) => ({
  query: { timestamp, nonce, signature: signPush(TOKEN, timestamp, nonce) },
  body: JSON.stringify(fields),
})

const sealed = (text: string) => {
  const [timestamp, nonce] = [String(NOW / 1_000), 'n1']
  const Encrypt = encryptPush(text, decodeAesKey(KEY), APP_ID)
  const msg_signature = signPush(TOKEN, timestamp, nonce, Encrypt)
  return {
    query: { timestamp, nonce, msg_signature, encrypt_type: 'aes' },
    body: JSON.stringify({ ToUserName: 'gh_1', Encrypt }),
  }
}

describe('the address of the receiver', () => {
  it('is confirmed to WeChat only', () => {
    const { receiver } = start()
    const query = {
      signature: 'f464b24fc39322e44b38aa78f5edd27bd1441696',
      timestamp: '1714036504',
      nonce: '1514711492',
      echostr: '4375120948345356249',
    }
    expect(receiver.verifyUrl(query)).toMatchObject({ status: 200, body: '4375120948345356249' })
    expect(receiver.verifyUrl({ ...query, nonce: '1' })).toMatchObject({ status: 401 })
    expect(receiver.verifyUrl({})).toMatchObject({ status: 401 })
  })
})

describe('a plain push', () => {
  it('is handled in JSON and in XML alike', async () => {
    const { receive, handled } = start()
    const xml = formatPushBody('xml', { ...REVOKED, RevokeInfo: '8' })
    expect(await receive(plain(REVOKED))).toEqual({
      status: 200,
      contentType: 'text/plain; charset=utf-8',
      body: 'success',
    })
    expect((await receive({ ...plain({}, 'other'), body: xml })).body).toBe('success')

    expect(handled.map((message) => toPushEvent(message, APP_ID))).toEqual([
      { kind: 'user_authorization_revoke', openid: 'oPerson', revokedInfo: ['6'] },
      { kind: 'user_authorization_revoke', openid: 'oPerson', revokedInfo: ['8'] },
    ])
  })

  it.each<[string, PushQuery]>([
    ['a timestamp six minutes old', plain({}, 'n', '1714036699').query],
    ['a timestamp six minutes ahead', plain({}, 'n', '1714037419').query],
  ])('with %s is refused', async (_what, query) => {
    const { receive, handled } = start()
    const push = plain(REVOKED)

    expect(await receive({ ...push, query: { ...push.query, ...query } })).toMatchObject({
      status: 401,
    })
    expect(handled).toEqual([])
  })
})

describe('a message that WeChat would never send', () => {
  it.each([
    ['an event that is not text', { ...REVOKED, Event: { a: 1 } }],
    ['lists in lists', { ...REVOKED, what: JSON.parse('['.repeat(500) + ']'.repeat(500)) }],
    [
      'objects in objects',
      { ...REVOKED, what: JSON.parse(`${'{"a":'.repeat(500)}1${'}'.repeat(500)}`) },
    ],
  ])('is refused without an error: %s', async (_what, fields) => {
    const { receive, handled } = start()

    expect(await receive(plain(fields))).toMatchObject({ status: 401 })
    expect(handled).toEqual([])
  })

  it('is refused in XML as well', async () => {
    const { receive } = start()
    const xml = formatPushBody('xml', REVOKED)
    const deep = xml.replace('</xml>', `${'<a>'.repeat(500)}${'</a>'.repeat(500)}</xml>`)

    expect(await receive({ ...plain({}), body: deep })).toMatchObject({ status: 401 })
  })
})

describe('an encrypted push', () => {
  const text = JSON.stringify(REVOKED)

  it('whose signature does not cover the ciphertext is refused', async () => {
    const { receive } = start({ encodingAesKeys: [KEY] })
    const push = sealed(text)
    const { query } = plain({})
    expect(
      await receive({ ...push, query: { ...query, msg_signature: query.signature } }),
    ).toMatchObject({ status: 401 })
  })

  it.each(['json', 'xml'] as const)('is answered encrypted, in %s', async (format) => {
    const { receiver } = start({ encodingAesKeys: [KEY] })
    const push = sealed(formatPushBody(format, REVOKED))
    const answer = await receiver.receive(push, async ({ FromUserName }) => ({
      ToUserName: FromUserName,
      MsgType: 'transfer_customer_service',
    }))

    const outer = parsePushBody(answer.body)
    const { Encrypt, TimeStamp, Nonce, MsgSignature } = outer?.fields ?? {}
    expect(outer?.format).toBe(format)
    const parts = [String(TimeStamp), String(Nonce), String(Encrypt)]
    expect(isPushSignature(String(MsgSignature), TOKEN, ...parts)).toBe(true)
    const inner = decryptPush(String(Encrypt), decodeAesKey(KEY), APP_ID)
    expect(parsePushBody(inner ?? '')).toEqual({
      format,
      fields: { ToUserName: 'oService', MsgType: 'transfer_customer_service' },
    })
  })
})

describe('one message delivered several times', () => {
  it('is handled again when the first handling failed', async () => {
    const { receiver, receive, handled } = start()
    const fail = (): Promise<void> => Promise.reject(new Error('down'))
    const failing = receiver.receive(plain(REVOKED, '1'), fail)
    await expect(failing).rejects.toThrow('down')

    expect(await receive(plain(REVOKED, '2'))).toMatchObject({ status: 200 })
    expect(handled).toHaveLength(1)
  })

  it('is answered busy while it is being handled, and success afterwards', async () => {
    const { receiver, receive, handled } = start()
    let finish = () => {}
    const first = receiver.receive(
      plain(REVOKED, '1'),
      () => new Promise<void>((resolve) => (finish = resolve)),
    )
    expect(await receive(plain(REVOKED, '2'))).toMatchObject({ status: 409 })
    finish()
    expect(await first).toMatchObject({ status: 200 })
    expect(await receive(plain(REVOKED, '3'))).toMatchObject({ status: 200 })
    expect(handled).toEqual([])
  })
})

it.each([
  { CreateTime: [{ toString: '' }] },
  { CreateTime: { valueOf: 1 } },
  { MsgId: { toString: '' } },
])('a signed message is refused when it has %j, which has no text', async (fields) => {
  const { handled, receive } = start()

  expect(await receive(plain({ ...REVOKED, ...fields }))).toMatchObject({ status: 401 })
  expect(handled).toEqual([])
})
