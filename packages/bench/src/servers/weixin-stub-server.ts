import { createHash } from 'node:crypto'
import { createServer } from 'node:http'

/** A WeChat whose openids the bench can compute, for tables that are filled beforehand. */
const sessionKey = Buffer.alloc(16, 1).toString('base64')
createServer((request, response) => {
  const code = new URL(request.url ?? '', 'http://wechat').searchParams.get('js_code') ?? ''
  const [person = ''] = code.split('~')
  const openid = `o${createHash('md5').update(person).digest('hex').slice(0, 27)}`
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({ openid, session_key: sessionKey }))
}).listen(Number(process.env.PORT), '127.0.0.1')
