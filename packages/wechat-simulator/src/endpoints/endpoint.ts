import type { Platform } from '../platform/platform.ts'

/** A request as an endpoint sees it; the endpoint adds the app and the person that it is about. */
export interface WeChatRequest {
  readonly query: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
  /** The caller's address. */
  readonly ip: string
  appid?: string
  person?: string
  /** It came signed and encrypted, correctly or not. */
  sealed?: boolean
}

/** An answer that is not JSON: an image or a file. */
export class BinaryReply {
  readonly contentType: string
  readonly body: Buffer
  readonly filename: string | undefined

  constructor(contentType: string, body: Buffer, filename?: string) {
    this.contentType = contentType
    this.body = body
    this.filename = filename
  }
}

/** How an endpoint writes its JSON. */
export interface AnswerStyle {
  readonly contentType: string
  /** What stands between an errmsg and its request id. */
  readonly beforeRid: string
}

/** The style of all endpoints but those of /sns/. */
export const USUAL_STYLE: AnswerStyle = {
  contentType: 'application/json; encoding=utf-8',
  beforeRid: ' ',
}

/** WeChat labels the JSON of /sns/ as plain text. */
export const SNS_STYLE: AnswerStyle = { contentType: 'text/plain', beforeRid: ', ' }

/** One WeChat API: answers a JSON body or a file, or throws a WeChatError. */
export interface Endpoint {
  readonly method: 'GET' | 'POST'
  readonly path: string
  /** One page of WeChat documents it as POST, another one as GET. */
  readonly alsoGet?: true
  readonly style?: AnswerStyle
  readonly handle: (request: WeChatRequest, platform: Platform) => object | Promise<object>
}
