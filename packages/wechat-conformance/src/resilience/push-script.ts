import { randomBytes } from 'node:crypto'
import type { PushMessage } from '@oa/wechat-simulator/wire-format'
import { encryptPush, signPush, toXml } from '@oa/wechat-simulator/wire-format'
import type { Static } from 'typebox'
import { Type } from 'typebox'
import type { Operations } from './adapter.ts'
import { Json } from './answer-script.ts'
import type { Values } from './values.ts'
import { fill, fillText } from './values.ts'

const Key = Type.Union([
  Type.Literal('push_key'),
  Type.Literal('previous_push_key'),
  Type.Literal('unknown_push_key'),
])

/** A push of WeChat, valid in everything that the script does not change. */
export const PushScript = Type.Object(
  {
    format: Type.Optional(Type.Union([Type.Literal('xml'), Type.Literal('json')])),
    /** The message; a `text` is pushed verbatim in its place. */
    fields: Type.Optional(Type.Record(Type.String(), Json)),
    text: Type.Optional(Type.String()),
    /** Replaces `{filling}` in `text` by a repeated text. */
    filling: Type.Optional(
      Type.Object({ text: Type.String(), times: Type.Integer() }, { additionalProperties: false }),
    ),
    /** Encrypted with this key; plain by default. */
    key: Type.Optional(Key),
    /** Sent in place of the encrypted message. */
    sealed: Type.Optional(Type.String()),
    /** Encrypted for this appid. */
    appid: Type.Optional(Type.String()),
    /** Plain fields beside the encrypted message. */
    shown: Type.Optional(Type.Record(Type.String(), Json)),
    /** Signed with this Token. */
    token: Type.Optional(Type.String()),
    /** Offset of its timestamp from now. */
    secondsOff: Type.Optional(Type.Integer()),
    nonce: Type.Optional(Type.String()),
    /** Query parameters in place of the valid ones; null leaves one out. */
    query: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Null()]))),
  },
  { additionalProperties: false },
)
export type PushScript = Static<typeof PushScript>

/** The POST of a push, as an HTTP server would pass it to the client. */
export const toPush = (script: PushScript, values: Values): Operations['receivePush'] => {
  const { format = 'xml', key, appid = '{appid}', shown = {} } = script
  const inner = toText(script, values)
  const query = toPushQuery(script, values)
  const headers = { 'content-type': format === 'xml' ? 'text/xml' : 'application/json' }
  if (!key) return { query: changed(query, script), headers, body: inner }

  const encodingAESKey = fillText(`{${key}}`, values)
  const Encrypt =
    script.sealed ?? encryptPush(inner, { encodingAESKey, appid: fillText(appid, values) })
  const { timestamp = '', nonce = '' } = query
  const msg_signature = signPush(tokenOf(script, values), timestamp, nonce, Encrypt)
  const outer = { ToUserName: 'gh_97417a04a28d', ...(fill(shown, values) as PushMessage), Encrypt }
  const sealed = { ...query, encrypt_type: 'aes', msg_signature }

  return {
    query: changed(sealed, script),
    headers,
    body: format === 'xml' ? toXml(outer) : JSON.stringify(outer),
  }
}

/** The query of the GET by which WeChat verifies a push address. */
export const toVerification = (script: PushScript, values: Values): Operations['verifyPush'] => ({
  query: changed({ ...toPushQuery(script, values), echostr: '4375120948345356249' }, script),
})

const toPushQuery = (script: PushScript, values: Values): Record<string, string> => {
  const { secondsOff = 0, nonce = String(randomBytes(4).readUInt32BE()) } = script
  const timestamp = String(Math.floor(Date.now() / 1_000) + secondsOff)

  return { signature: signPush(tokenOf(script, values), timestamp, nonce), timestamp, nonce }
}

const changed = (query: Record<string, string>, script: PushScript): Record<string, string> => {
  const entries = Object.entries({ ...query, ...script.query })
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== null))
}

const tokenOf = ({ token = '{push_token}' }: PushScript, values: Values) => fillText(token, values)

const toText = ({ format, fields = {}, text, filling }: PushScript, values: Values): string => {
  if (text !== undefined) {
    const whole = filling ? text.replace('{filling}', filling.text.repeat(filling.times)) : text
    return fillText(whole, values)
  }
  // The cases hold only values that a push message can hold.
  const message = fill(fields, values) as PushMessage

  return format === 'json' ? JSON.stringify(message) : toXml(message)
}
