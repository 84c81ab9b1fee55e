import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import WebSocket from 'ws'
import type { Preview } from '../src/index.ts'
import { startPreview } from '../src/index.ts'
import { fixture } from './support/target.ts'

describe('the preview server', () => {
  let preview: Preview

  beforeAll(async () => {
    preview = await startPreview({ projectPath: fixture('sign-in') })
  })
  afterAll(() => preview?.close())

  const get = (path: string, headers: Record<string, string> = {}) =>
    new Promise<{ status: number; type: string; body: string }>((resolve, reject) => {
      request(preview.url + path, { headers }, (response) => {
        let body = ''
        response.on('data', (chunk: Buffer) => {
          body += chunk
        })
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            type: response.headers['content-type'] ?? '',
            body,
          }),
        )
      })
        .on('error', reject)
        .end()
    })

  it.each([
    ['/', 200, 'text/html'],
    ['/screen.html', 200, 'text/html'],
    ['/miniprogram/pages/home/home.js', 200, 'text/javascript'],
    ['/assets/assets/default.png', 200, 'image/png'],
    ['/assets/app.ts', 404, 'text/plain'],
    ['/assets/..%2f..%2f..%2fpackage.json', 404, 'text/plain'],
    ['/miniprogram/../../package.json', 404, 'text/plain'],
    ['/nowhere', 404, 'text/plain'],
  ])('answers %s with %i', async (path, status, type) => {
    const answer = await get(path)
    expect(answer.status).toBe(status)
    expect(answer.type).toContain(type)
  })

  it.each([
    ['another Host', { host: 'evil.example' }],
    ['another Origin', { origin: 'http://evil.example' }],
    ['another port of this machine', { origin: 'http://127.0.0.1:1' }],
  ])('refuses %s', async (_what, headers) => {
    expect((await get('/start.json', headers)).status).toBe(403)
    const refused = await new Promise<string>((resolve) => {
      const socket = new WebSocket(`${preview.url.replace('http', 'ws')}/shell`, { headers })
      socket.on('open', () => resolve('open'))
      socket.on('error', (error) => resolve(error.message))
    })
    expect(refused).not.toBe('open')
  })
})

describe('the storage file of a preview', () => {
  const start = async (storageFile: string, person: string) => {
    const preview = await startPreview({
      projectPath: fixture('sign-in'),
      platform: { person: () => person },
      storageFile,
    })
    onTestFinished(() => preview.close())
    return preview
  }
  const storageOf = async (preview: Preview) => {
    const answer = await fetch(`${preview.url}/start.json`)
    const { options } = (await answer.json()) as { options: { storage: object } }
    return options.storage
  }
  const store = async (preview: Preview, key: string, value: string) => {
    const socket = new WebSocket(`${preview.url.replace('http', 'ws')}/screen`)
    await new Promise((resolve) => socket.on('open', resolve))
    const params = { key, value: JSON.stringify(value) }
    socket.send(JSON.stringify({ type: 'call', id: 1, service: 'storage.set', params }))
    await new Promise((resolve) => socket.on('message', resolve))
    socket.close()
  }
  const makeFile = () => {
    const folder = mkdtempSync(join(tmpdir(), 'miniprogram-host-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    return join(folder, 'storage.json')
  }

  it('keeps the storage of each user when the preview ends', async () => {
    const file = makeFile()
    const first = await start(file, '小明')
    await store(first, 'token', 'of 小明')
    await first.close()

    expect(await storageOf(await start(file, '小明'))).toEqual({ token: '"of 小明"' })
    expect(await storageOf(await start(file, '小红'))).toEqual({})
    expect(statSync(file).mode & 0o077).toBe(0)
  })

  it('counts as empty when it is damaged', async () => {
    const file = makeFile()
    writeFileSync(file, '[["小明", {"token"')

    expect(await storageOf(await start(file, '小明'))).toEqual({})
  })
})
