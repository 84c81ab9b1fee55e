import type { Platform } from '../platform/platform.ts'

/** A request as an endpoint sees it; the endpoint adds who it turned out to be about. */
export interface WeChatRequest {
  readonly query: Readonly<Record<string, string>>
  readonly body: Buffer
  appid?: string
  person?: string
}

/** One WeChat API: answers a JSON body, or throws a WeChatError. */
export interface Endpoint {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly handle: (request: WeChatRequest, platform: Platform) => object
}
