declare module 'co-wechat-api' {
  /** What the adapter and the tests use; the package has no types of its own. */
  export default class Api {
    prefix: string
    snsPrefix: string
    wxaPrefix: string
    constructor(appid: string, secret: string)
    getAccessToken(): Promise<{ accessToken: string; expireTime: number }>
    code2Session(code: string): Promise<Record<string, unknown>>
    removeMenu(): Promise<unknown>
    getWXACode(path: string): Promise<unknown>
    getWXACodeUnlimit(scene: string, page?: string): Promise<unknown>
    createWXAQRCode(path: string): Promise<unknown>
    sendSubscribeMessage(
      openid: string,
      templateId: string,
      page: string | undefined,
      data: Record<string, { value: string }>,
    ): Promise<Record<string, unknown>>
    sendText(openid: string, text: string): Promise<unknown>
    sendImage(openid: string, mediaId: string): Promise<unknown>
    uploadMedia(
      bytes: Buffer,
      type: string,
      filename: string,
      mime: string,
    ): Promise<Record<string, unknown>>
    getMedia(mediaId: string): Promise<unknown>
  }
}
