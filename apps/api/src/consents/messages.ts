import { WeChatError } from '@oa/wechat'
import type { MessageKind, MessageTemplate, MessageValues } from '../config/message-templates.ts'
import type { Clock } from '../infra/database/clock.ts'
import type { Log } from '../infra/logging/log.ts'
import type { WeChat } from '../infra/wechat/wechat.ts'
import type { WeChats } from '../infra/wechat/wechats.ts'
import type { User } from '../users/user.ts'
import { fieldText } from './message-field.ts'
import { failureOf } from './policy.ts'
import type { ConsentKey } from './sql.ts'

/** Where a consent is taken from, and what becomes of it. */
export type Consenting = {
  spend(key: ConsentKey, at: Date): Promise<boolean>
  /** Nothing was sent. `wrong`: nor will it be, until the configuration is mended. */
  giveBack(key: ConsentKey, failure: 'failed' | 'wrong'): Promise<void>
  none(key: ConsentKey, at: Date): Promise<void>
}

type Deps = {
  templates: readonly MessageTemplate[]
  store: Consenting
  wechats: Pick<WeChats, 'of'>
  clock: Clock
  log: Log
}

/**
 * `off`: no template is configured. `no_consent`: the user has none left. `refused`: WeChat says so.
 * `failed`: nothing was sent, and the consent is kept; `wrong` as well, because of the template.
 * `unknown`: it may have arrived, so it is not sent again, and the consent counts as spent.
 */
export type SendOutcome = 'off' | 'sent' | 'no_consent' | 'refused' | 'failed' | 'wrong' | 'unknown'

export type Messages = ReturnType<typeof createMessages>

/** Subscribe messages: each spends one consent of its recipient. */
export const createMessages = ({ templates, store, wechats, clock, log }: Deps) => {
  const settle = async (consents: Consenting, key: ConsentKey, error: WeChatError) => {
    const failure = failureOf(error)
    if (failure === 'unknown') {
      log.warn({ err: error }, 'a subscribe message may or may not have arrived')
      return 'unknown'
    }
    if (failure === 'refused') {
      await consents.none(key, new Date(clock.now()))
      return 'refused'
    }
    const outcome = failure === 'wrong' ? 'wrong' : 'failed'
    await consents.giveBack(key, outcome)
    if (outcome === 'wrong') {
      const { templateId } = key
      log.error(
        { err: error, templateId },
        'WeChat refuses a subscribe message: check WX_TEMPLATES',
      )
    }
    return outcome
  }
  const templateOf = (appId: string, kind: MessageKind): MessageTemplate | undefined =>
    templates.find((one) => one.appId === appId && one.kind === kind)

  return {
    /** Whether messages of that kind can be sent, and by which template. */
    templateOf,

    /**
     * Sends it once. `page` is what a tap on it opens. Rejects only when the database fails: when
     * `consents` rejects while it takes one, nothing was sent.
     */
    async send<Kind extends MessageKind>(
      { id: userId, appId, openid }: Pick<User, 'id' | 'appId' | 'openid'>,
      kind: Kind,
      values: MessageValues<Kind>,
      page: string,
      consents: Consenting = store,
    ): Promise<SendOutcome> {
      const template = templateOf(appId, kind)
      if (template === undefined) return 'off'
      const wechat = wechats.of(appId)
      // First, because whoever has no access_token has certainly sent nothing.
      if (!(await isReachable(wechat))) return 'failed'
      const key = { userId, templateId: template.id }
      if (!(await consents.spend(key, new Date(clock.now())))) return 'no_consent'
      try {
        const data = dataOf(template, values)
        await wechat.sendSubscribeMessage(openid, { templateId: template.id, data, page })
        return 'sent'
      } catch (error) {
        if (!(error instanceof WeChatError)) throw error
        return await settle(consents, key, error)
      }
    },
  }
}

const isReachable = async (wechat: Pick<WeChat, 'accessToken'>): Promise<boolean> => {
  try {
    await wechat.accessToken()
    return true
  } catch (error) {
    if (error instanceof WeChatError) return false
    throw error
  }
}

const dataOf = ({ fields }: MessageTemplate, values: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries<string | Date>(values as Record<string, string | Date>).flatMap(
      ([name, value]) => {
        const field = fields[name]
        return field === undefined ? [] : [[field, fieldText(field, value)]]
      },
    ),
  )
