import type { Env } from './env.ts'
import type { MessageTemplate } from './message-templates.ts'
import { parseTemplates } from './message-templates.ts'
import type { ServiceToken } from './service-tokens.ts'
import { parseServiceTokens } from './service-tokens.ts'
import { toWeChatApps } from './wechat-apps.ts'

/** What can be set of WeChat beyond sign-in. Null is off. */
export type PushAndInternal = {
  push: { token: string; encodingAesKeys: string[] } | null
  /** The subscribe messages that users can agree to; none by default. */
  messageTemplates: MessageTemplate[]
  internal: { tokens: ServiceToken[]; perMinute: number } | null
  /** How often a day WeChat may be asked for a phone number, which costs money. */
  phoneBudget: { perPerson: number; total: number }
}

/** Settings of message push that mean nothing without another one. */
export const incompletePush = ({
  WX_PUSH_TOKEN: token,
  WX_PUSH_AES_KEY: key,
  WX_PUSH_AES_KEY_PREVIOUS: previous,
}: NodeJS.ProcessEnv): Map<string, string> => {
  const problems = new Map<string, string>()
  if (key && !token) problems.set('WX_PUSH_AES_KEY', 'needs WX_PUSH_TOKEN beside it')
  if (previous && !key) problems.set('WX_PUSH_AES_KEY_PREVIOUS', 'needs WX_PUSH_AES_KEY beside it')
  return problems
}

export const toPushAndInternal = (env: Env): PushAndInternal => ({
  push:
    env.WX_PUSH_TOKEN === undefined
      ? null
      : {
          token: env.WX_PUSH_TOKEN,
          encodingAesKeys: [env.WX_PUSH_AES_KEY, env.WX_PUSH_AES_KEY_PREVIOUS].filter(
            (key) => key !== undefined,
          ),
        },
  messageTemplates: toTemplates(env),
  internal:
    env.INTERNAL_TOKENS === undefined
      ? null
      : {
          tokens: toServiceTokens(env.INTERNAL_TOKENS),
          perMinute: env.INTERNAL_LIMIT_PER_MINUTE,
        },
  phoneBudget: { perPerson: env.PHONE_BUDGET_PER_PERSON, total: env.PHONE_BUDGET_TOTAL },
})

const toServiceTokens = (text: string) => {
  const tokens = parseServiceTokens(text)
  if (typeof tokens === 'string') throw new Error(`INTERNAL_TOKENS ${tokens}`)
  return tokens
}

const toTemplates = (env: Env): MessageTemplate[] => {
  if (env.WX_TEMPLATES === undefined) return []
  const templates = parseTemplates(env.WX_TEMPLATES)
  if (typeof templates === 'string') throw new Error(`WX_TEMPLATES ${templates}`)
  const [first] = toWeChatApps(env)
  return templates.map(({ appId, ...template }) => ({ appId: appId ?? first.appId, ...template }))
}

/** Templates of a mini-program that is not served would never be used. */
export const foreignTemplates = (env: Env): Map<string, string> => {
  const served = new Set(toWeChatApps(env).map(({ appId }) => appId))
  const foreign = toTemplates(env).find(({ appId }) => !served.has(appId))
  return new Map(
    foreign === undefined ? [] : [['WX_TEMPLATES', 'names a mini-program that is not configured']],
  )
}
