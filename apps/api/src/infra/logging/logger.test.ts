import { expect, it } from 'vitest'
import { createLogger } from './logger.ts'
import { createReadableStream } from './readable-stream.ts'

const SECRETS = [
  'tiihtNczf5v6AKRyjwEUhQ==',
  'oCANARYopenid000000000000000',
  '9f8e7d6c5b4a39281706f5e4d3c2b1a0',
  '/slash9f8e7d6c5b4a39281706f5e4==',
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl',
]

const logged = (write: (log: ReturnType<typeof createLogger>) => void) => {
  const lines: string[] = []
  const destination = { write: (line: string) => void lines.push(line) }
  write(createLogger({ level: 'trace', readable: false, destination }))
  return lines.join('')
}

it.each(SECRETS)('keeps %s out of errors and their causes', (secret) => {
  const cause = Object.assign(new Error(`query with ${secret}`), {
    sessionKey: secret,
    sql: secret,
  })
  const text = logged((log) => {
    log.error({ err: new Error(`call of ?x=${secret}&y=1 failed`, { cause }) }, 'failed')
    log.error(new Error(secret))
    log.error({ err: new Error(`first\n    at ${secret} (x)`) }, 'looks like a frame')
  })

  expect(text).not.toContain(secret)
  expect(text).toContain('failed')
})

it('keeps what names an error and where it came from', () => {
  const error = Object.assign(new TypeError('cannot read this'), { code: 'ECONNREFUSED' })
  const { err } = JSON.parse(logged((log) => log.error({ err: error }, 'failed')))

  expect(err).toMatchObject({
    type: 'TypeError',
    message: 'cannot read this',
    errorCode: 'ECONNREFUSED',
    stack: expect.stringContaining('logger.test'),
  })
})

it('names the migrations that a database lacks', () => {
  const message = 'the database lacks 20251121000000_init: run migrate'
  const { err } = JSON.parse(logged((log) => log.error({ err: new Error(message) }, 'failed')))

  expect(err.message).toBe(message)
})

it('redacts fields that hold secrets, should they be logged', () => {
  const text = logged((log) => {
    for (const key of ['code', 'token', 'sessionKey', 'session_key', 'openid', 'secret']) {
      log.info({ [key]: 'planted', body: { [key]: 'planted' } }, 'slip')
    }
    log.info({ headers: { 'x-oa-token': 'planted', authorization: 'planted' } }, 'slip')
  })

  expect(text).not.toContain('planted')
})

it('writes one line whatever the text', () => {
  const text = logged((log) => log.info({ name: 'a\n{"level":"fatal"}' }, 'b\r\nc'))

  expect(text.trimEnd().split('\n')).toHaveLength(1)
})

it('writes short lines for people', () => {
  const lines: string[] = []
  const destination = createReadableStream({ write: (line) => lines.push(line) })
  const log = createLogger({ level: 'info', readable: true, destination })
  log.info({ method: 'GET', route: '/livez', status: 200, errno: 0, ms: 1.2 }, 'request')
  log.warn({ up: false }, 'Redis is away')

  expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d GET \/livez → 200 \(errno 0\) 1\.2 ms\n$/)
  expect(lines[1]).toMatch(/WARN Redis is away up=false\n$/)
})

it('says in every line for machines which node and version wrote it', () => {
  const lines: string[] = []
  const destination = { write: (line: string) => void lines.push(line) }
  const base = { node: 'node-1', version: '1.2.3' }
  createLogger({ level: 'info', readable: false, base, destination }).info('a line')
  createLogger({ level: 'info', readable: true, base, destination }).info('a line')

  expect(JSON.parse(lines[0] ?? '')).toMatchObject(base)
  expect(JSON.parse(lines[1] ?? '')).not.toHaveProperty('node')
})
