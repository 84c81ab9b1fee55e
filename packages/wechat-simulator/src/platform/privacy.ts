import type { App } from './apps.ts'
import type { Clock } from './clock.ts'
import type { Settings } from './settings.ts'

/** What happens when a client API that needs consent is called. */
export type PrivacyDecision =
  | { decision: 'granted' }
  /** Show the dialog (or call onNeedPrivacyAuthorization) and answer it. */
  | { decision: 'ask' }
  | { decision: 'fail'; errno: number; errMsg: string }

/** Whether people have agreed to an app's privacy agreement. https://developers.weixin.qq.com/miniprogram/dev/framework/user-privacy/PrivacyAuthorize.html */
export interface Privacy {
  needsAuthorization: (appid: string, person: string) => boolean
  decide: (app: App, person: string, scope: string) => PrivacyDecision
  answer: (appid: string, person: string, agreed: boolean) => void
}

const NOT_AUTHORIZED = { errno: 104, errMsg: 'privacy permission is not authorized' }
const NOT_DECLARED = {
  errno: 112,
  errMsg: 'api scope is not declared in the privacy agreement',
}

export const createPrivacy = (clock: Clock, settings: () => Settings): Privacy => {
  const agreed = new Set<string>()
  const refusedAt = new Map<string, number>()
  const isResting = (id: string) =>
    clock.now() - (refusedAt.get(id) ?? Number.NEGATIVE_INFINITY) < settings().privacyCooldownMs

  return {
    needsAuthorization: (appid, person) => !agreed.has(`${appid}\n${person}`),
    decide: ({ appid, privacyScopes }, person, scope) => {
      const id = `${appid}\n${person}`
      if (privacyScopes && !privacyScopes.includes(scope)) {
        return { decision: 'fail', ...NOT_DECLARED }
      }
      if (agreed.has(id)) return { decision: 'granted' }
      return isResting(id) ? { decision: 'fail', ...NOT_AUTHORIZED } : { decision: 'ask' }
    },
    answer: (appid, person, yes) => {
      const id = `${appid}\n${person}`
      if (yes) {
        agreed.add(id)
      } else {
        agreed.delete(id)
        refusedAt.set(id, clock.now())
      }
    },
  }
}
