import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { Fault } from './fault.ts'

/** A whole HTTP answer, before a fault is applied to it. */
export interface Answer {
  status: number
  contentType: string
  body: Buffer
  disposition?: string
  /** Further headers, spelled as WeChat spells them. */
  headers?: Readonly<Record<string, string>>
}

/** What an empty padding adds to a body. */
const PADDING = ',"padding":""'.length
const CHUNK = Buffer.alloc(65_536, 'x')

/** Leaves an answer as it is. */
export const NO_FAULT: Fault = { path: '/', times: 0 }

/** Sends the answer with the fault applied; does not throw when the client has gone. */
export const sendWithFault = async (raw: ServerResponse, answer: Answer, fault: Fault) => {
  const gone = new AbortController()
  raw.once('close', () => gone.abort())
  try {
    if (fault.stallAfterConsuming) return
    if (fault.reset) return void raw.socket?.resetAndDestroy()
    if (fault.latencyMs) await delay(fault.latencyMs, undefined, { signal: gone.signal })
    await sendBody(raw, answer, fault, gone.signal)
  } catch (error) {
    if (!gone.signal.aborted) throw error
  }
}

const sendBody = async (raw: ServerResponse, answer: Answer, fault: Fault, gone: AbortSignal) => {
  const { body } = answer
  const padded = fault.oversizeBytes ? Math.max(fault.oversizeBytes, body.length + PADDING) : 0
  const length = Math.max(body.length, padded)
  raw.writeHead(answer.status, {
    'content-type': answer.contentType,
    'content-length': length,
    ...answer.headers,
  })
  if (fault.truncate) return truncate(raw, body)
  if (fault.slowBytes) return trickle(raw, body, fault.slowBytes, gone)
  if (length > body.length) return pad(raw, body, length, gone)
  raw.end(body)
}

const truncate = (raw: ServerResponse, body: Buffer) => {
  raw.write(body.subarray(0, Math.floor(body.length / 2)), () => raw.destroy())
}

const trickle = async (raw: ServerResponse, body: Buffer, ms: number, signal: AbortSignal) => {
  for (const byte of body) {
    raw.write(Buffer.of(byte))
    await delay(ms, undefined, { signal })
  }
  raw.end()
}

/** Keeps the body valid JSON: the padding is one more string before the last brace. */
const pad = async (raw: ServerResponse, body: Buffer, length: number, signal: AbortSignal) => {
  const head = Buffer.concat([body.subarray(0, -1), Buffer.from(',"padding":"')])
  const tail = Buffer.from('"}')
  let left = Math.max(0, length - head.length - tail.length)
  raw.write(head)
  while (left > 0) {
    const chunk = CHUNK.subarray(0, Math.min(left, CHUNK.length))
    left -= chunk.length
    if (!raw.write(chunk)) await once(raw, 'drain', { signal })
  }
  raw.end(tail)
}
