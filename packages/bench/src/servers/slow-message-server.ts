import { createServer } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

/** A WeChat that takes every subscribe message, and as long over it as the real one. */
const ANSWER_AFTER_MS = 100
createServer(async (request, response) => {
  const { pathname } = new URL(request.url ?? '', 'http://wechat')
  if (pathname.endsWith('/subscribe/send')) await sleep(ANSWER_AFTER_MS)
  response.setHeader('content-type', 'application/json')
  response.end(
    JSON.stringify({ errcode: 0, access_token: 'bench', expires_in: 7_200, msgid: 1, data: [] }),
  )
}).listen(Number(process.env.PORT), '127.0.0.1')
