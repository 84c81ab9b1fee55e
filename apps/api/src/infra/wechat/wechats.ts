import type { WeChatClientOptions } from '@oa/wechat'
import type { WeChatState } from './types.ts'
import type { WeChat } from './wechat.ts'
import { createWeChat } from './wechat.ts'

type App = Pick<WeChatClientOptions, 'appId' | 'appSecret'>
type Options = (app: App) => Omit<WeChatClientOptions, 'appId' | 'appSecret'>

export type WeChats = ReturnType<typeof createWeChats>

/** WeChat as each mini-program of this API sees it; they share neither credentials nor breakers. */
export const createWeChats = (apps: readonly App[], optionsOf: Options) => {
  const clients = new Map(
    apps.map((app) => [app.appId, createWeChat({ ...app, ...optionsOf(app) })] as const),
  )

  return {
    /** False for a mini-program of users who are still kept, but which is not configured any more. */
    serves: (appId: string): boolean => clients.has(appId),
    of(appId: string): WeChat {
      const wechat = clients.get(appId)
      if (wechat === undefined) throw new Error(`${appId} is not configured`)
      return wechat
    },
    /** The worst of all. */
    state: (): WeChatState => {
      const states = new Set([...clients.values()].map((wechat) => wechat.state()))
      return WORST_FIRST.find((state) => states.has(state)) ?? 'up'
    },
    /** How many mini-programs have an open breaker, by group of calls, and how many are refused. */
    troubles() {
      const all = [...clients.values()]
      const open = (group: 'login' | 'api') =>
        all.filter((wechat) => {
          const health = wechat.health()
          return (group === 'login' ? health : health.api).breaker === 'open'
        }).length
      const refused = all.filter((wechat) => wechat.state() === 'misconfigured').length
      return { login: open('login'), api: open('api'), refused }
    },
    async close() {
      await Promise.all([...clients.values()].map((wechat) => wechat.close()))
    },
  }
}

const WORST_FIRST = ['misconfigured', 'down'] as const
