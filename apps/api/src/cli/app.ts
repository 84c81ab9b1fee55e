import type { Config } from '../config/load-config.ts'
import type { WeChatApp } from '../config/wechat-apps.ts'
import type { Values } from './command.ts'
import { misuse, textOf } from './command.ts'

/** For commands about one mini-program of several. */
export const APP_OPTION = { appid: { type: 'string' } } as const
export const APP_USAGE = '--appid        which mini-program, where several are configured'

/** The mini-program that a command is about; guessing one of several could hit the wrong person. */
export const appOf = (values: Values, { wechat: { apps } }: Pick<Config, 'wechat'>): WeChatApp => {
  const named = textOf(values, 'appid')
  const ids = apps.map(({ appId }) => appId).join(', ')
  if (named === undefined) {
    if (apps.length > 1) throw misuse(`--appid is missing: one of ${ids}`)
    return apps[0]
  }
  const app = apps.find(({ appId }) => appId === named)
  if (app === undefined) throw misuse(`--appid is not one of ${ids}`)
  return app
}
