import { text } from 'node:stream/consumers'
import { startSimulator } from '@oa/wechat-simulator'
import { describe, expect, it } from 'vitest'
import type { PushEvent, PushMessage } from '../src/index.ts'
import { createMemoryDedupeStore, createPushReceiver, toPushEvent } from '../src/index.ts'
import { APP_ID, APP_SECRET, useServers } from './support.ts'

const TOKEN = 'PushToken1'
const KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'
const MEI = { appid: APP_ID, person: 'mei' }
const { startHttp, createClient } = useServers()

/** A server that receives pushes, and the simulated WeChat that sends them. */
const start = async (mode: 'plain' | 'compat' | 'safe', format: 'xml' | 'json', fails = 0) => {
  const handled: (PushEvent | PushMessage)[] = []
  let failures = fails
  const receiver = createPushReceiver({
    appId: APP_ID,
    token: TOKEN,
    encodingAesKeys: mode === 'plain' ? [] : [KEY],
    dedupeStore: createMemoryDedupeStore(),
  })
  const handle = async (message: PushMessage): Promise<void> => {
    if (failures-- > 0) throw new Error('not now')
    handled.push(toPushEvent(message, APP_ID) ?? message)
  }
  const server = await startHttp(async (request, response) => {
    const query = Object.fromEntries(new URL(request.url ?? '', 'http://localhost').searchParams)
    const push = { query, body: await text(request) }
    const answer = await (request.method === 'GET'
      ? receiver.verifyUrl(query)
      : receiver.receive(push, handle).catch(() => null))
    response.writeHead(answer?.status ?? 500, {
      'content-type': answer?.contentType ?? 'text/plain',
    })
    response.end(answer?.body)
  })
  const push = { url: server.url, token: TOKEN, mode, format, encodingAESKey: KEY }
  const simulator = await startSimulator({ apps: [{ appid: APP_ID, secret: APP_SECRET, push }] })
  await simulator.control.createPerson({ name: 'mei' })
  const client = createClient({ baseUrl: simulator.url })
  const { openid } = await client.code2Session((await simulator.control.login(MEI)).code)

  return { handled, simulator, client, openid, server }
}

describe.each(['plain', 'compat', 'safe'] as const)('pushes in mode %s', (mode) => {
  it.each(['xml', 'json'] as const)('arrive in %s, each exactly once', async (format) => {
    const { handled, simulator, client, openid } = await start(mode, format)
    const { control } = simulator
    expect(await control.verifyPush({ appid: APP_ID })).toEqual({ ok: true })

    const event = { ...MEI, event: 'user_authorization_revoke', revokeInfo: '6', times: 3 } as const
    const deliveries = await control.userEvent(event)
    expect(deliveries.map(({ acknowledged }) => acknowledged)).toEqual([true, true, true])
    await control.userMessage({ ...MEI, content: '你好 <b>&]]>"' })
    const { traceId } = await client.mediaCheckAsync({
      openid,
      scene: 'profile',
      mediaType: 'image',
      mediaUrl: 'https://files.example/a.png',
    })

    await expect.poll(() => handled).toHaveLength(3)
    expect(handled[0]).toEqual({ kind: 'user_authorization_revoke', openid, revokedInfo: ['6'] })
    expect(handled[1]).toMatchObject({
      MsgType: 'text',
      FromUserName: openid,
      Content: '你好 <b>&]]>"',
    })
    expect(handled[2]).toMatchObject({ kind: 'wxa_media_check', traceId, suggest: 'pass' })
    await simulator.close()
  })
})

describe('a push that could not be handled', () => {
  it('is handled when WeChat sends it again', async () => {
    const { handled, simulator, openid } = await start('safe', 'json', 2)
    const event = { ...MEI, event: 'user_authorization_cancellation' } as const
    const [delivery] = await simulator.control.userEvent(event)

    expect(delivery?.attempts.map(({ status }) => status)).toEqual([500, 500, 200])
    expect(handled).toEqual([{ kind: 'user_authorization_cancellation', openid }])
    await simulator.close()
  })
})
