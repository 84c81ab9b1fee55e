/** A message push configuration. https://developers.weixin.qq.com/miniprogram/dev/framework/server-ability/message-push.html */
export interface PushTarget {
  readonly url: string
  readonly token: string
  /** 43 characters; needed for the compatible and the safe mode. */
  readonly encodingAESKey?: string
  readonly mode?: 'plain' | 'compat' | 'safe'
  readonly format?: 'xml' | 'json'
}
