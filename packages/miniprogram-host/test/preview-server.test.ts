import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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
