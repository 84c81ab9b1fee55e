import { Pool } from 'undici'

const SOCKETS = 64
const { WX_APPID: appid = '', WX_SECRET: secret = '', WX_API_BASE = '' } = process.env

/** WeChat's answer to a login code, over connections that are kept. */
export const createCode2Session = () => {
  const pool = new Pool(WX_API_BASE, { connections: SOCKETS })
  return async (code: string) => {
    const query = new URLSearchParams({
      appid,
      secret,
      js_code: code,
      grant_type: 'authorization_code',
    })
    const { body } = await pool.request({ method: 'GET', path: `/sns/jscode2session?${query}` })
    return (await body.json()) as { openid: string }
  }
}
