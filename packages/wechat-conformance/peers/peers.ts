import type { ResilienceAdapter } from '../src/resilience/index.ts'

/** Public Node clients of WeChat, by package name and version. */
export const PEERS: Readonly<Record<string, () => Promise<ResilienceAdapter>>> = {
  'co-wechat-api 3.11.0': async () => (await import('./co-wechat-api.ts')).coWechatApi,
  'node-easywechat 3.6.2': async () => (await import('./node-easywechat.ts')).nodeEasyWechat,
}
