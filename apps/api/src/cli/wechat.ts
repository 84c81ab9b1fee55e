import { APP_OPTION, APP_USAGE, appOf } from './app.ts'
import type { Command, Shell, Values } from './command.ts'
import { CommandError } from './command.ts'
import { confirm } from './confirm.ts'
import { printDone } from './output.ts'
import { findPerson, PERSON_HELP, PERSON_OPTIONS, PERSON_USAGE } from './people.ts'
import { withCore } from './with-core.ts'

const resetSession = async (values: Values, shell: Shell) => {
  const [{ createSessionKeySeal }, { createWeChat }, { createKeyReset }] = await Promise.all([
    import('../infra/sealing/session-key-seal.ts'),
    import('../infra/wechat/wechat.ts'),
    import('../sessions/key-reset.ts'),
  ])
  await withCore(values, shell, async ({ config, core, stores, act }) => {
    const user = await findPerson({ users: stores.users, config }, values)
    const app = appOf({ appid: user.appId }, config)
    const { tokenStore } = core.shared
    const wechat = createWeChat({ ...app, baseUrl: config.wechat.baseUrl, tokenStore })
    const reset = createKeyReset({
      users: stores.users,
      store: stores.sessions,
      seal: createSessionKeySeal(config.sessionKeys),
      wechat,
      clock: stores.clock,
      audit: core.audit,
    })
    const { publicId: id } = user
    try {
      const done = await act({ act: 'wechat session reset', subject: id }, () =>
        reset({ publicId: id }),
      )
      if (done !== true) {
        throw new CommandError('WeChat accepts no key of this person that is kept here.')
      }
    } finally {
      await wechat.close()
    }
    const sentence = 'Done: the old session_key is worth nothing, and nobody was signed out.'
    printDone(values, shell, sentence, { id })
  })
}

const refreshToken = async (values: Values, shell: Shell) => {
  const { createWeChatClient } = await import('@oa/wechat')
  await withCore(values, shell, async ({ config, core, act }) => {
    const app = appOf(values, config)
    await confirm(
      values,
      shell,
      'This ends the present access_token; WeChat allows it 20 times a day.',
    )
    const { tokenStore } = core.shared
    const client = createWeChatClient({ ...app, baseUrl: config.wechat.baseUrl, tokenStore })
    try {
      const { expiresAt } = await act({ act: 'wechat token refresh', subject: app.appId }, () =>
        client.accessToken.forceRefresh(),
      )
      const until = expiresAt.toISOString()
      printDone(values, shell, `Done: the new access_token lasts until ${until}.`, { until })
      if (config.redisUrl === null && values.json !== true) {
        shell.print('Without Redis a process keeps its own: restart it.')
      }
    } finally {
      await client.close()
    }
  })
}

export const wechatCommands: readonly Command[] = [
  {
    name: 'wechat session reset',
    formerly: 'user reset-key',
    usage: `wechat session reset ${PERSON_USAGE}
      has WeChat replace the session_key of a user, without signing anybody out
      ${PERSON_HELP}`,
    options: PERSON_OPTIONS,
    run: resetSession,
  },
  {
    name: 'wechat token refresh',
    usage: `wechat token refresh [--appid APPID]
      has WeChat replace the access_token, as when it may have leaked
      ${APP_USAGE}`,
    options: APP_OPTION,
    run: refreshToken,
  },
]
