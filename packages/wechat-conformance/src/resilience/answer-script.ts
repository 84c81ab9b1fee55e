import type { Static } from 'typebox'
import { Type } from 'typebox'
import type { Expected } from '../match.ts'

/** Any JSON; `{name}` in a text stands for a value of this run. */
export const Json = Type.Unsafe<Expected>(Type.Unknown())
const Milliseconds = Type.Integer({ minimum: 1, maximum: 60_000 })
const exactly = { additionalProperties: false }

/**
 * One HTTP answer, byte for byte as it is sent. By default: status 200, `text/plain`, no body, sent
 * at once and whole. At most one of json, text, base64 and fill gives the body.
 */
export const Answer = Type.Object(
  {
    /** How many requests get it, 1 by default; the last answer of a list is repeated for ever. */
    repeat: Type.Optional(Type.Integer({ minimum: 1 })),
    /** Only for requests with these query parameters. */
    ifQuery: Type.Optional(Type.Record(Type.String(), Type.String())),
    status: Type.Optional(Type.Integer({ minimum: 200, maximum: 599 })),
    headers: Type.Optional(Type.Record(Type.String(), Type.String())),
    json: Type.Optional(Json),
    text: Type.Optional(Type.String()),
    base64: Type.Optional(Type.String()),
    /** `bytes` letters (`x` by default), with a text before and one after them. */
    fill: Type.Optional(
      Type.Object(
        {
          before: Type.Optional(Type.String()),
          letter: Type.Optional(Type.String({ pattern: '^[ -~]$' })),
          bytes: Type.Integer({ minimum: 1 }),
          after: Type.Optional(Type.String()),
        },
        exactly,
      ),
    ),
    /** The body is compressed, and labelled as such. */
    gzip: Type.Optional(Type.Literal(true)),
    /** Sent in chunks, without Content-Length. */
    chunked: Type.Optional(Type.Literal(true)),
    /** These bytes in place of an HTTP answer; then the connection ends, unless `keepOpen`. */
    raw: Type.Optional(Type.String()),
    keepOpen: Type.Optional(Type.Literal(true)),
    waitMs: Type.Optional(Milliseconds),
    /** The request is read and never answered. */
    never: Type.Optional(Type.Literal(true)),
    /** The connection is reset in place of an answer. */
    reset: Type.Optional(Type.Literal(true)),
    /** The connection is reset after this many bytes of the body. */
    cutAfter: Type.Optional(Type.Integer({ minimum: 0 })),
    /** Sent byte by byte; a head that is sent so never ends. */
    drip: Type.Optional(
      Type.Object(
        { part: Type.Union([Type.Literal('head'), Type.Literal('body')]), everyMs: Milliseconds },
        exactly,
      ),
    ),
    /** The kept-alive connection is closed after the answer. */
    thenClose: Type.Optional(Type.Literal(true)),
  },
  exactly,
)
export type Answer = Static<typeof Answer>

/** Answers by path, in order; `token` stands for both token endpoints, `*` for every other path. */
export const Answers = Type.Record(
  Type.String(),
  Type.Union([
    Type.Array(Answer, { minItems: 1 }),
    /** Starts over after the last. */
    Type.Object({ cycle: Type.Array(Answer, { minItems: 1 }) }, exactly),
  ]),
)
export type Answers = Static<typeof Answers>

/** How the platform can be reached, and what it answers. */
export const PlatformScript = Type.Object(
  {
    listens: Type.Optional(
      Type.Union([
        Type.Literal('http'),
        Type.Literal('https'),
        /** Nothing listens on the port. */
        Type.Literal('not-at-all'),
        /** The kernel drops every SYN. */
        Type.Literal('without-handshake'),
        /** TCP connects, and the TLS handshake is never answered. */
        Type.Literal('without-tls-handshake'),
        /** Every connection is closed before a byte. */
        Type.Literal('and-hangs-up'),
        /** The host name does not resolve. */
        Type.Literal('nowhere'),
      ]),
    ),
    /** For https; `trusted` by default. The client is given `ca` for each but `self-signed`. */
    certificate: Type.Optional(
      Type.Union([
        Type.Literal('trusted'),
        Type.Literal('self-signed'),
        Type.Literal('expired'),
        Type.Literal('wrong-host'),
      ]),
    ),
    /** The only TLS version that it speaks. */
    tls: Type.Optional(Type.Union([Type.Literal('TLSv1'), Type.Literal('TLSv1.1')])),
    answers: Type.Optional(Answers),
  },
  exactly,
)
export type PlatformScript = Static<typeof PlatformScript>
