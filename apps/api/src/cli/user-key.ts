import { WeChatError } from '@oa/wechat'
import { loadConfig } from '../config/load-config.ts'
import { openCore } from '../core.ts'
import { createLogger } from '../infra/logging/logger.ts'
import { createSessionKeySeal } from '../infra/sealing/session-key-seal.ts'
import { createWeChat } from '../infra/wechat/wechat.ts'
import { createKeyReset } from '../sessions/key-reset.ts'
import type { Command, Values } from './command.ts'
import { CommandError, print, textOf } from './command.ts'

const resetKey = async (values: Values) => {
  const openid = textOf(values, 'openid')
  if (openid === undefined) throw new CommandError('--openid is missing')
  const config = loadConfig(process.env)
  const log = createLogger({ level: 'error', readable: true })
  const { stores, shared, audit, close } = await openCore(config, log, { heartbeat: false })
  const wechat = createWeChat({ ...config.wechat, tokenStore: shared.tokenStore })
  try {
    const reset = createKeyReset({
      users: stores.users,
      store: stores.sessions,
      seal: createSessionKeySeal(config.sessionKeys),
      wechat,
      clock: stores.clock,
      audit,
    })
    const done = await reset({ appId: config.wechat.appId, openid }).catch(toCommandError)
    if (done === null) throw new CommandError('There is no such person.')
    if (!done) throw new CommandError('WeChat accepts no key of this person that is kept here.')
    print('Done: the old session_key is worth nothing, and nobody was signed out.')
  } finally {
    await wechat.close()
    await close()
  }
}

const toCommandError = (error: unknown): never => {
  if (!(error instanceof WeChatError)) throw error
  throw new CommandError(`WeChat did not replace the key: ${error.reason}`)
}

export const userKeyCommands: readonly Command[] = [
  {
    name: 'user reset-key',
    usage: `user reset-key --openid OPENID
      has WeChat replace the session_key of a user, without signing anybody out`,
    options: { openid: { type: 'string' } },
    run: resetKey,
  },
]
