import { createHash, randomUUID } from 'node:crypto'
import type { DedupeStore } from './dedupe-store.ts'
import type { PushFormat } from './push-body.ts'
import { formatPushBody } from './push-body.ts'
import { encryptPush, isPushSignature, signPush } from './push-crypto.ts'
import type { PushMessage } from './push-message.ts'
import type { OpenedPush, PushOpenerOptions, PushQuery } from './push-opener.ts'
import { createPushOpener } from './push-opener.ts'

export type PushReceiverOptions = PushOpenerOptions & {
  /** Shared by all nodes that receive pushes. */
  dedupeStore: DedupeStore
}

/** The fields of an answer (`ToUserName`, `MsgType` …). */
export type PushReply = Record<string, string | number>
/** Resolves to the fields of an answer; to nothing when the answer is just `success`. */
export type PushHandler =
  | ((message: PushMessage) => Promise<void>)
  | ((message: PushMessage) => Promise<PushReply>)

/** The HTTP answer to WeChat, to be sent unchanged. */
export type PushAnswer = { status: 200 | 401 | 409; contentType: string; body: string }

export type PushReceiver = {
  /** Answers the GET with which WeChat verifies the address of the receiver. */
  verifyUrl(query: PushQuery): PushAnswer
  /**
   * Answers a POST: verifies and decrypts it, and calls `handle` once for each message, however often
   * WeChat delivers it. Rejects when `handle` does; the next delivery is then handled again. WeChat
   * waits 5 s: `handle` should only store what is to be done.
   */
  receive(push: { query: PushQuery; body: string }, handle: PushHandler): Promise<PushAnswer>
}

/**
 * Receives the message pushes of one appid, in XML or JSON. With an EncodingAESKey it accepts only
 * encrypted pushes (modes compatible and safe), without one only plain pushes.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/server-ability/message-push.html
 */
export const createPushReceiver = (options: PushReceiverOptions): PushReceiver => {
  const { appId, token, dedupeStore } = options
  const open = createPushOpener(options)

  return {
    verifyUrl: ({ signature = '', timestamp = '', nonce = '', echostr = '' }) =>
      isPushSignature(signature, token, timestamp, nonce)
        ? { status: 200, contentType: 'text/plain', body: echostr }
        : REFUSED,
    receive: async ({ query, body }, handle) => {
      const push = open(query, body)
      if (!push) return REFUSED
      const id = idOf(push.message)
      if ((await dedupeStore.claim(`nonce:${appId}:${push.proof}`, id, KEEP_MS)) !== id)
        return REFUSED

      const key = `message:${appId}:${id}`
      const run = `running:${randomUUID()}`
      const state = await dedupeStore.claim(key, run, RUN_MS)
      if (state === DONE) return SUCCESS
      if (state !== run) return BUSY

      try {
        const reply = await handle(push.message)
        await dedupeStore.put(key, DONE, KEEP_MS)

        return reply ? answerWith(reply, push, options) : SUCCESS
      } catch (error) {
        await dedupeStore.remove(key)
        throw error
      }
    },
  }
}

const DONE = 'done'
const RUN_MS = 30_000
// Longer than WeChat's three deliveries take, and longer than a signature is accepted.
const KEEP_MS = 3_600_000

const TEXT = 'text/plain; charset=utf-8'
const SUCCESS: PushAnswer = { status: 200, contentType: TEXT, body: 'success' }
const REFUSED: PushAnswer = { status: 401, contentType: TEXT, body: 'invalid signature' }
/** The same message is being handled: WeChat delivers it again after 5 s. */
const BUSY: PushAnswer = { status: 409, contentType: TEXT, body: 'busy' }

/** The same for every delivery of one message. Events have no MsgId, but their content never changes. */
const idOf = (message: PushMessage): string =>
  message.MsgId !== undefined && message.MsgId !== ''
    ? `${message.FromUserName}:${message.MsgId}`
    : createHash('sha256').update(canonical(message)).digest('base64url')

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )

const answerWith = (
  reply: PushReply,
  { format, key }: OpenedPush,
  { appId, token }: PushReceiverOptions,
): PushAnswer => {
  const body = formatPushBody(format, reply)
  if (!key) return { status: 200, contentType: CONTENT_TYPES[format], body }

  const Encrypt = encryptPush(body, key, appId)
  const TimeStamp = Math.floor(Date.now() / 1_000)
  const Nonce = randomUUID().replaceAll('-', '')
  const MsgSignature = signPush(token, String(TimeStamp), Nonce, Encrypt)
  const sealed = formatPushBody(format, { Encrypt, MsgSignature, TimeStamp, Nonce })

  return { status: 200, contentType: CONTENT_TYPES[format], body: sealed }
}

const CONTENT_TYPES: Record<PushFormat, string> = {
  xml: 'text/xml; charset=utf-8',
  json: 'application/json; charset=utf-8',
}
