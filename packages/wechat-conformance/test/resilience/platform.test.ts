import { once } from 'node:events'
import { connect } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { gunzipSync } from 'node:zlib'
import { afterEach, expect, it } from 'vitest'
import type { PlatformScript } from '../../src/resilience/answer-script.ts'
import { openBlackHole } from '../../src/resilience/platform/black-hole.ts'
import type { ScriptedPlatform } from '../../src/resilience/platform/scripted-platform.ts'
import { startScriptedPlatform } from '../../src/resilience/platform/scripted-platform.ts'
import { createValues } from '../../src/resilience/values.ts'

const running: { close: () => Promise<void> }[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map(({ close }) => close()))
})

const start = async (script: PlatformScript) => {
  const platform = await startScriptedPlatform(script, createValues())
  running.push(platform)

  return platform
}

/** All bytes that come back for a GET, until the connection ends; `ended` says how. */
const ask = async ({ baseUrl }: ScriptedPlatform, path = '/a') => {
  const { port } = new URL(baseUrl)
  const socket = connect(Number(port), '127.0.0.1')
  socket.write(`GET ${path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n`)
  const chunks: Buffer[] = []
  socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ended = await new Promise((resolve) => {
    socket.once('end', () => resolve('end')).once('error', (error) => resolve(error))
  })

  return { bytes: Buffer.concat(chunks), ended }
}

it('plays its answers in order, repeats the last, and starts a cycle over', async () => {
  const { baseUrl, requests } = await start({
    answers: {
      '/a': [{ text: '1', repeat: 2 }, { text: '2' }],
      '/b': { cycle: [{ text: '1' }, { text: '2' }] },
    },
  })
  const texts = async (path: string) => {
    const list = []
    for (let turn = 0; turn < 5; turn += 1) list.push(await (await fetch(baseUrl + path)).text())
    return list.join('')
  }

  expect([await texts('/a'), await texts('/b')]).toEqual(['11222', '12121'])
  expect(requests).toHaveLength(10)
})

it('answers by query, and 500 where its script has no answer', async () => {
  const { baseUrl } = await start({ answers: { '/a': [{ ifQuery: { t: '1' }, text: 'one' }] } })
  expect(await (await fetch(`${baseUrl}/a?t=1`)).text()).toBe('one')
  expect((await fetch(`${baseUrl}/a?t=2`)).status).toBe(500)
})

it('issues a new token each time, and accepts every other call', async () => {
  const { baseUrl } = await start({})
  const tokens = []
  for (const path of ['/cgi-bin/token', '/cgi-bin/stable_token']) {
    tokens.push(
      ((await (await fetch(baseUrl + path)).json()) as { access_token: string }).access_token,
    )
  }
  expect(new Set(tokens).size).toBe(2)
  expect(await (await fetch(`${baseUrl}/wxa/any`)).json()).toEqual({ errcode: 0, errmsg: 'ok' })
})

it('cuts a connection after a number of bytes, or resets it before the first', async () => {
  const cut = await ask(await start({ answers: { '/a': [{ text: '0123456789', cutAfter: 4 }] } }))
  expect(cut.bytes.toString()).toMatch(/content-length: 10\r\n[\s\S]*\r\n\r\n0123$/)

  const reset = await ask(await start({ answers: { '/a': [{ reset: true }] } }))
  expect(reset).toMatchObject({ bytes: Buffer.alloc(0), ended: { code: 'ECONNRESET' } })
})

it('compresses many bytes into few', async () => {
  const fill = { before: '{', bytes: 3_000_000, after: '}' }
  const platform = await start({ answers: { '/a': [{ gzip: true, fill }] } })
  const { bytes } = await ask(platform)
  const body = gunzipSync(bytes.subarray(bytes.indexOf('\r\n\r\n') + 4))

  expect(bytes.length).toBeLessThan(30_000)
  expect(body.toString()).toBe(`{${'x'.repeat(3_000_000)}}`)
})

it('sends a body byte by byte, and whole', async () => {
  const drip = { part: 'body', everyMs: 1 } as const
  const { bytes } = await ask(await start({ answers: { '/a': [{ text: 'abc', drip }] } }))
  expect(bytes.toString()).toMatch(/\r\n\r\nabc$/)
})

it.each(['TLSv1', 'TLSv1.1'] as const)('speaks %s to clients that still do', async (version) => {
  const { baseUrl, ca } = await start({ listens: 'https', tls: version })
  const old = { minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' } as const
  const socket = connectTls({ port: Number(new URL(baseUrl).port), host: '127.0.0.1', ca, ...old })
  await once(socket, 'secureConnect')
  expect([socket.authorized, socket.getProtocol()]).toEqual([true, version])
  socket.destroy()
})

it.each([
  ['trusted', null],
  ['self-signed', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ['expired', 'CERT_HAS_EXPIRED'],
  ['wrong-host', 'ERR_TLS_CERT_ALTNAME_INVALID'],
] as const)('has a certificate that is %s', async (certificate, code) => {
  const { baseUrl, ca } = await start({ listens: 'https', certificate })
  const port = Number(new URL(baseUrl).port)
  const socket = connectTls({ port, host: '127.0.0.1', ca, rejectUnauthorized: false })
  await once(socket, 'secureConnect')
  const { authorizationError } = socket
  const found = (authorizationError as { code?: string } | null)?.code ?? authorizationError
  expect(found).toBe(code)
  socket.destroy()
})

it('can have a port whose SYNs the kernel drops', async () => {
  const hole = await openBlackHole()
  running.push(hole)
  const socket = connect(hole.port, '127.0.0.1').on('error', () => {})
  const other = connect(hole.port, '127.0.0.1').on('error', () => {})
  let events = 0
  for (const one of [socket, other]) one.on('connect', () => (events += 1))
  // A connection that is opened later is established first.
  await fetch((await start({})).baseUrl)
  expect(events).toBe(0)
  expect([socket.pending, other.pending]).toEqual([true, true])
  socket.destroy()
  other.destroy()
})
