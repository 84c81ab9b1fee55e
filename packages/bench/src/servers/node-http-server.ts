import { createServer } from 'node:http'
import { userInfo } from './profile-schema.ts'

/** The least that Node's own HTTP server can cost. */
createServer((_request, response) => {
  const body = JSON.stringify({ errno: 0, errmsg: '', data: userInfo })
  response.setHeader('content-type', 'application/json; charset=utf-8')
  response.setHeader('content-length', Buffer.byteLength(body))
  response.end(body)
}).listen(Number(process.env.PORT), '127.0.0.1')
