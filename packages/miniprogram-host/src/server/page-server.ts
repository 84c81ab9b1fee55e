import { readFile } from 'node:fs/promises'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, resolve, sep } from 'node:path'
import type { WebSocket } from 'ws'
import { WebSocketServer } from 'ws'
import { isOwnPage } from './own-page.ts'

export interface PageServer {
  port: number
  close(): Promise<void>
}

/** A text response with its content type. */
export interface Served {
  type: string
  body: string
}

interface Options {
  port: number
  /** Folder whose media and fonts are served below /assets/. */
  root: string
  /** The response for a path; null for none. */
  serve(path: string): Promise<Served | null>
  onSocket(socket: WebSocket, path: string): void
}

// Scripts come only from this server: the app can neither use eval nor load external code.
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; " +
  "frame-src 'self'; font-src 'self' data: https:; img-src * data: blob:; media-src * data: blob:; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"

const ASSET_TYPES: Record<string, string> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.svg': 'image/svg+xml',
  '.ico': 'image/x-icon',
  '.ttf': 'font/ttf',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.mp3': 'audio/mpeg',
  '.mp4': 'video/mp4',
}

/** Serves a mini-program's document, scripts and media on loopback, to its own pages only. */
export const startPageServer = async (options: Options): Promise<PageServer> => {
  const server = createServer((request, response) => {
    answer(request, response, options).catch(() =>
      send(response, 500, 'text/plain', 'internal error'),
    )
  })
  const sockets = new WebSocketServer({ noServer: true })
  server.on('upgrade', (request, socket, head) => {
    if (!isOwnPage(request)) {
      socket.destroy()
      return
    }
    sockets.handleUpgrade(request, socket, head, (accepted) =>
      options.onSocket(accepted, pathOf(request)),
    )
  })
  await listen(server, options.port)
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      for (const client of sockets.clients) client.terminate()
      server.closeAllConnections()
      await new Promise((done) => {
        server.close(done)
      })
    },
  }
}

const answer = async (
  request: IncomingMessage,
  response: ServerResponse,
  { root, serve }: Options,
): Promise<void> => {
  if (!isOwnPage(request))
    return send(response, 403, 'text/plain', 'this server answers its own page')
  const path = pathOf(request)
  const served = await serve(path)
  if (served) return send(response, 200, served.type, served.body)
  const asset = path.startsWith('/assets/') ? await readAsset(root, path.slice(8)) : null
  if (!asset) return send(response, 404, 'text/plain', 'not found')
  send(response, 200, asset.type, asset.body)
}

const readAsset = async (root: string, path: string) => {
  const type = ASSET_TYPES[extname(path).toLowerCase()]
  const full = resolve(root, path)
  if (!type || !full.startsWith(root + sep)) return null
  const body = await readFile(full).catch(() => null)
  return body && { type, body }
}

const pathOf = ({ url = '/' }: IncomingMessage): string =>
  decodeURIComponent(new URL(url, 'http://localhost').pathname)

const send = (
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Buffer,
): void => {
  const contentType =
    type.startsWith('text/') || type.endsWith('json') ? `${type}; charset=utf-8` : type
  response
    .writeHead(status, {
      'content-type': contentType,
      'cache-control': 'no-store',
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    })
    .end(body)
}

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
