import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import type { Answer } from '../answer-script.ts'
import type { Values } from '../values.ts'
import { fill, fillText } from '../values.ts'

const CHUNK_BYTES = 65_536

/** Sends an answer as its script says; does not throw when the client has gone. */
export const deliver = async (response: ServerResponse, answer: Answer, values: Values) => {
  const { socket } = response
  if (answer.never || !socket) return
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  try {
    if (answer.waitMs) await delay(answer.waitMs, undefined, { signal: gone.signal })
    if (answer.reset) return void socket.resetAndDestroy()
    if (answer.raw !== undefined) return sendRaw(socket, answer, values)
    if (answer.drip?.part === 'head')
      return await dripHead(socket, answer.drip.everyMs, gone.signal)
    await sendHttp(response, answer, values, gone.signal)
  } catch (error) {
    if (!gone.signal.aborted) throw error
  }
}

const sendRaw = (socket: Socket, { raw = '', keepOpen }: Answer, values: Values) => {
  socket.write(fillText(raw, values))
  if (!keepOpen) socket.end()
}

const sendHttp = async (
  response: ServerResponse,
  answer: Answer,
  values: Values,
  gone: AbortSignal,
) => {
  const { socket } = response
  const parts = toParts(answer, values)
  const length = parts.reduce((sum, { bytes, times }) => sum + bytes.length * times, 0)
  const headers = fill(answer.headers ?? {}, values) as Record<string, string>
  response.writeHead(answer.status ?? 200, {
    'content-type': 'text/plain',
    ...(answer.gzip && { 'content-encoding': 'gzip' }),
    ...(!answer.chunked && { 'content-length': length }),
    ...headers,
  })
  if (answer.cutAfter !== undefined) {
    const body = Buffer.concat(parts.map(({ bytes }) => bytes)).subarray(0, answer.cutAfter)
    response.flushHeaders()
    return void response.write(body, () => socket?.resetAndDestroy())
  }
  if (answer.drip) return dripBody(response, parts, answer.drip.everyMs, gone)

  for (const { bytes, times } of parts) {
    for (let time = 0; time < times; time += 1) {
      if (!response.write(bytes)) await once(response, 'drain', { signal: gone })
    }
  }
  response.end(() => answer.thenClose && socket?.end())
}

/** A piece of a body, repeated. */
interface Part {
  bytes: Buffer
  times: number
}

const toParts = (answer: Answer, values: Values): Part[] => {
  const parts = toPlainParts(answer, values).filter(({ bytes, times }) => bytes.length * times > 0)

  // Concatenated gzip members are one gzip body.
  return answer.gzip ? parts.map((part) => ({ ...part, bytes: gzipSync(part.bytes) })) : parts
}

const toPlainParts = ({ json, text, base64, fill: filling }: Answer, values: Values): Part[] => {
  if (filling) {
    const { before = '', letter = 'x', bytes, after = '' } = filling
    const letters = Buffer.alloc(CHUNK_BYTES, letter)
    return [
      toPart(Buffer.from(fillText(before, values))),
      { bytes: letters, times: Math.floor(bytes / CHUNK_BYTES) },
      toPart(letters.subarray(0, bytes % CHUNK_BYTES)),
      toPart(Buffer.from(fillText(after, values))),
    ]
  }
  if (base64 !== undefined) return [toPart(Buffer.from(base64, 'base64'))]
  if (json !== undefined) return [toPart(Buffer.from(JSON.stringify(fill(json, values))))]

  return [toPart(Buffer.from(fillText(text ?? '', values)))]
}

const toPart = (bytes: Buffer): Part => ({ bytes, times: 1 })

const dripHead = async (socket: Socket, everyMs: number, signal: AbortSignal) => {
  socket.write('HTTP/1.1 200 OK\r\nx: ')
  for (;;) {
    socket.write('x')
    await delay(everyMs, undefined, { signal })
  }
}

const dripBody = async (
  response: ServerResponse,
  parts: Part[],
  everyMs: number,
  signal: AbortSignal,
) => {
  for (const { bytes } of parts) {
    for (const byte of bytes) {
      response.write(Buffer.of(byte))
      await delay(everyMs, undefined, { signal })
    }
  }
  response.end()
}
