import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Pool } from 'undici'
import { startChild } from '../child.ts'
import { send } from '../load.ts'
import { createAttempt } from './attempts.ts'
import type { Kind, Times } from './measure.ts'
import { measureRounds, wayOf } from './measure.ts'

const APP_ID = 'wx0a0a0a0a0a0a0a0a'
/** What one user may send in an hour. */
const ATTEMPTS_EACH = 10

/** Refusals by POST /wx/auth/bind_phone of a real API, one after the other, on SQLite. */
export const measureOverHttp = async (rounds: number): Promise<Times> => {
  const key = randomBytes(16)
  const folder = await mkdtemp(join(tmpdir(), 'oa-bench-'))
  const weChat = await startWeChat(key)
  const api = await startChild('apps/api/src/main.ts', {
    NODE_ENV: 'test',
    LOG_LEVEL: 'error',
    DATA_DIR: folder,
    WX_APPID: APP_ID,
    WX_SECRET: '0a'.repeat(16),
    WX_API_BASE: weChat.url,
    LOGIN_LIMIT_PER_IP: '100000000',
    LOGIN_LIMIT_PER_USER: '100000000',
    LOGIN_LIMIT_TOTAL: '100000000',
  })
  const pool = new Pool(api.url, { connections: 1 })
  try {
    return await measureRounds(rounds, createRefuse(pool, key))
  } finally {
    await pool.destroy()
    await api.stop()
    weChat.close()
    await rm(folder, { recursive: true, force: true })
  }
}

const createRefuse = (pool: Pool, key: Buffer) => {
  let person = 0
  let left = 0
  let token = ''
  const texts = new Set<string>()
  return async (kind: Kind) => {
    if (left === 0) {
      person += 1
      token = await signIn(pool, person)
      left = ATTEMPTS_EACH
    }
    left -= 1
    const body = JSON.stringify(createAttempt(wayOf(kind), key, APP_ID))
    const headers = { 'content-type': 'application/json', 'x-oa-token': token }
    const begin = performance.now()
    const answer = await pool.request({
      method: 'POST',
      path: '/wx/auth/bind_phone',
      body,
      headers,
    })
    const text = await answer.body.text()
    const us = (performance.now() - begin) * 1_000
    texts.add(`${answer.statusCode} ${text}`)
    if (texts.size > 1) throw new Error(`answers differ: ${[...texts].join(' / ')}`)
    return us
  }
}

const signIn = async (pool: Pool, person: number) => {
  const body = { code: `bench-person-${person}` }
  const data = await send(pool, { method: 'POST', path: '/wx/auth/login_by_weixin', body })
  return (data as { token: string }).token
}

/** A WeChat that gives every user the same known key, which no attacker has. */
const startWeChat = async (key: Buffer) => {
  const server = createServer((request, response) => {
    const code = new URL(request.url ?? '', 'http://wechat').searchParams.get('js_code') ?? ''
    const openid = `o${Buffer.from(code).toString('hex').padStart(40, '0').slice(-27)}`
    response.end(JSON.stringify({ openid, session_key: key.toString('base64') }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() }
}
