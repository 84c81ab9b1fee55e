import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { freePort } from './support/free-port.ts'
import { writeProject } from './support/project.ts'
import type { Target } from './support/target.ts'
import { fixture, openForTest, openTarget, until } from './support/target.ts'

/** A server that answers as `handle` does; gives its base URL. */
const serve = async (
  handle: (request: IncomingMessage, body: string, response: ServerResponse) => void,
) => {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => handle(request, Buffer.concat(chunks).toString(), response))
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => {
      server.close(resolve)
    })
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const echo = () =>
  serve(({ method, url, headers }, body, response) =>
    response
      .setHeader('content-type', 'application/json')
      .end(JSON.stringify({ method, url, headers, body })),
  )

const request = (target: Target, options: object, method = 'request') =>
  target.run(
    `(options) => new Promise((resolve) => {
      wx.${method}({ ...options, success: (result) => resolve({ ok: true, ...result }), fail: (failure) => resolve({ ok: false, ...failure }) })
    })`,
    options,
  )

/** One app for all tests that leave nothing behind. */
let shared: Target

beforeAll(async () => {
  shared = await openTarget(fixture('tabs'))
})
afterAll(() => shared?.close())

const blank = async () => shared

describe('wx.request', () => {
  it.each([
    [
      { data: { a: 1, b: { c: '你' } } },
      { method: 'GET', url: '/?a=1&b=%7B%22c%22%3A%22%E4%BD%A0%22%7D', body: '' },
    ],
    [
      { method: 'POST', data: { a: 1 } },
      { method: 'POST', body: '{"a":1}', headers: { 'content-type': 'application/json' } },
    ],
    [
      {
        method: 'POST',
        data: { a: 1, b: '&' },
        header: { 'Content-Type': 'application/x-www-form-urlencoded' },
      },
      { body: 'a=1&b=%26' },
    ],
    [
      { method: 'PUT', data: 'text', header: { 'X-Own': 'y' } },
      { method: 'PUT', body: 'text', headers: { 'x-own': 'y' } },
    ],
    [
      {},
      {
        headers: {
          referer: 'https://servicewechat.com/wx0123456789abcdef/devtools/page-frame.html',
        },
      },
    ],
  ])('sends %j', async (options, seen) => {
    const url = `${await echo()}/`
    expect(await request(await blank(), { url, ...options })).toMatchObject({
      ok: true,
      statusCode: 200,
      data: seen,
    })
  })

  it('succeeds with any status, and keeps text that is not JSON', async () => {
    const url = await serve((_request, _body, response) =>
      response.writeHead(500, { 'set-cookie': 'a=b' }).end('oh no'),
    )
    expect(await request(await blank(), { url })).toMatchObject({
      ok: true,
      statusCode: 500,
      data: 'oh no',
      cookies: ['a=b'],
      errMsg: 'request:ok',
    })
  })

  it('fails also in an app that replaces Promise.prototype.finally', async () => {
    const target = await openForTest(
      writeProject({
        'app.ts':
          'App({ onLaunch() { Promise.prototype.finally = function () { return this.then() } } })',
      }),
    )
    expect(await request(target, { url: 'localhost' })).toMatchObject({ ok: false })
    expect(target.exceptions).toEqual([])
  })

  it('fails for an invalid URL', async () => {
    const failure = await request(await blank(), { url: 'localhost' })
    expect(failure).toMatchObject({ ok: false, errMsg: 'request:fail invalid url "localhost"' })
  })

  it('fails when the server does not answer', async () => {
    const failure = await request(await blank(), { url: `http://127.0.0.1:${await freePort()}/` })
    expect(failure).toMatchObject({ ok: false, errMsg: 'request:fail ECONNREFUSED' })
  })

  it('fails after its timeout', async () => {
    const url = await serve(() => undefined)
    expect(await request(await blank(), { url, timeout: 30 })).toMatchObject({
      errMsg: 'request:fail timeout',
      errno: 5,
    })
  })

  it('fails when it is aborted, and closes the connection', async () => {
    let closed = false
    const url = await serve((seen) =>
      seen.socket.on('close', () => {
        closed = true
      }),
    )
    const target = await blank()
    const failure = await target.run(
      `(url) => new Promise((resolve) => {
        const task = wx.request({ url, fail: resolve })
        setTimeout(() => task.abort(), 50)
      })`,
      url,
    )
    expect(failure).toMatchObject({ errMsg: 'request:fail abort' })
    expect(await until(() => closed)).toBe(true)
  })

  it('runs at most ten at a time and queues the others', async () => {
    const held: ServerResponse[] = []
    const url = await serve((_request, _body, response) => held.push(response))
    const target = await blank()
    await target.run(
      `(url) => {
      getApp().done = 0
      for (let n = 0; n < 12; n += 1) wx.request({ url, success: () => { getApp().done += 1 } })
    }`,
      url,
    )
    await until(() => held.length === 10)
    expect(held).toHaveLength(10)
    for (const response of held.splice(0)) response.end('1')
    await until(() => held.length === 2)
    for (const response of held.splice(0)) response.end('1')
    expect(await until(async () => (await target.run('() => getApp().done')) === 12)).toBe(true)
  })

  it('fails while the phone is offline, and is delayed while the network is slow', async () => {
    const url = await echo()
    const target = await blank()
    await target.host.send('Host.setNetwork', { networkType: 'none' })
    expect(await request(target, { url })).toMatchObject({
      ok: false,
      errMsg: 'request:fail net::ERR_INTERNET_DISCONNECTED',
    })
    await target.host.send('Host.setNetwork', { networkType: '3g', delay: 120 })
    const started = performance.now()
    expect(await request(target, { url })).toMatchObject({ ok: true })
    expect(performance.now() - started).toBeGreaterThanOrEqual(115)
    await target.host.send('Host.setNetwork', { networkType: 'wifi' })
  })
})

describe('files over the network', () => {
  it('downloads to a temporary file and uploads it', async () => {
    let received = ''
    const url = await serve(({ method }, body, response) => {
      received = body
      response.end(method === 'GET' ? '内容' : '{"saved":true}')
    })
    const target = await blank()
    const { tempFilePath } = (await request(target, { url: `${url}/a.txt` }, 'downloadFile')) as {
      tempFilePath: string
    }
    expect(
      await target.run(
        "(path) => wx.getFileSystemManager().readFileSync(path, 'utf8')",
        tempFilePath,
      ),
    ).toBe('内容')
    const uploaded = await request(
      target,
      { url, filePath: tempFilePath, name: 'picture', formData: { who: '小明' } },
      'uploadFile',
    )
    expect(uploaded).toMatchObject({ ok: true, data: '{"saved":true}', statusCode: 200 })
    expect(received).toMatch(/name="who"\r\n\r\n小明/)
    expect(received).toMatch(/name="picture"; filename="\d+\.txt"[\s\S]*内容/)
  })

  it.each([
    [
      "wx.getFileSystemManager().readFileSync('http://tmp/none')",
      "readFile:fail no such file or directory, open 'http://tmp/none'",
    ],
    [
      "wx.getFileSystemManager().writeFileSync('/app.js', 'x')",
      "writeFile:fail permission denied, open '/app.js'",
    ],
  ])('refuses %s', async (call, message) => {
    await expect((await blank()).run(`() => ${call}`)).rejects.toThrow(message)
  })

  it('keeps files that the app writes below USER_DATA_PATH', async () => {
    const read = await (await blank()).run(`() => {
      const path = wx.env.USER_DATA_PATH + '/a.txt'
      const manager = wx.getFileSystemManager()
      manager.writeFileSync(path, '一')
      manager.appendFileSync(path, '二')
      return [manager.readFileSync(path, 'utf8'), manager.readdirSync(wx.env.USER_DATA_PATH)]
    }`)
    expect(read).toEqual(['一二', ['a.txt']])
  })
})
