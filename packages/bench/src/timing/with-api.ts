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

export const APP_ID = 'wx0a0a0a0a0a0a0a0a'

/** Runs with one connection to a real API on SQLite, whose users all have that key of WeChat's. */
export const withApi = async <T>(run: (pool: Pool, key: Buffer) => Promise<T>): Promise<T> => {
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
    return await run(pool, key)
  } finally {
    await pool.destroy()
    await api.stop()
    weChat.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** The openid of the person whose codes look like that. */
export const openidOf = (code: string) =>
  `o${Buffer.from(code).toString('hex').padStart(40, '0').slice(-27)}`

export const signIn = async (pool: Pool, code: string): Promise<{ token: string }> => {
  const data = await send(pool, {
    method: 'POST',
    path: '/wx/auth/login_by_weixin',
    body: { code },
  })
  return data as { token: string }
}

/** A WeChat that gives every user the same known key, which no attacker has. */
const startWeChat = async (key: Buffer) => {
  const server = createServer((request, response) => {
    const code = new URL(request.url ?? '', 'http://wechat').searchParams.get('js_code') ?? ''
    response.end(JSON.stringify({ openid: openidOf(code), session_key: key.toString('base64') }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() }
}
