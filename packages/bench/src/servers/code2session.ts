import { Pool } from 'undici'

const SOCKETS = 64
const { WX_APPID: appid = '', WX_SECRET: secret = '', WX_API_BASE = '' } = process.env

/** WeChat's answer to a login code, over connections that are kept, or by a bare `fetch`. */
export const createCode2Session = ({ keepConnections }: { keepConnections: boolean }) => {
  const pool = keepConnections ? new Pool(WX_API_BASE, { connections: SOCKETS }) : undefined
  return async (code: string) => {
    const query = new URLSearchParams({
      appid,
      secret,
      js_code: code,
      grant_type: 'authorization_code',
    })
    const path = `/sns/jscode2session?${query}`
    const body =
      pool === undefined
        ? await fetch(WX_API_BASE + path)
        : (await pool.request({ method: 'GET', path })).body
    return (await body.json()) as { openid: string }
  }
}
