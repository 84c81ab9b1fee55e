import type { App } from './apps.ts'
import type { Clock } from './clock.ts'
import type { Settings } from './settings.ts'

/** What happens when a client API that needs consent is called. */
export type PrivacyDecision =
  | { decision: 'granted' }
  /** Show the dialog (or call onNeedPrivacyAuthorization) and answer it. */
  | { decision: 'ask' }
  | { decision: 'fail'; errno?: number; errMsg: string }

/** What a person does about an app's agreement; `forget` removes the app from the recent ones. */
export type PrivacyAnswer = 'agree' | 'disagree' | 'forget'

/** Whether people have agreed to an app's privacy agreement. https://developers.weixin.qq.com/miniprogram/dev/framework/user-privacy/PrivacyAuthorize.html */
export interface Privacy {
  needsAuthorization: (app: App, person: string) => boolean
  /** `coupled`: the API has a permission dialog of its own, which includes the consent. */
  decide: (app: App, person: string, scope: string, coupled?: boolean) => PrivacyDecision
  answer: (app: App, person: string, answer: PrivacyAnswer) => void
  /** Who has agreed, or refused last. */
  list: () => { appid: string; person: string; agreed: boolean }[]
}

interface Consent {
  appid: string
  person: string
  /** The declared scopes that were agreed to: undefined is every scope, null is none. */
  scopes: readonly string[] | undefined | null
  refusedAt: number
}

const NOT_AUTHORIZED = { errno: 104, errMsg: 'privacy permission is not authorized' }
const DENIED = { errno: 103, errMsg: 'auth deny' }
const NOT_DECLARED = {
  errno: 112,
  errMsg: 'api scope is not declared in the privacy agreement',
}

export const createPrivacy = (clock: Clock, settings: () => Settings): Privacy => {
  const consents = new Map<string, Consent>()
  const find = (appid: string, person: string) => consents.get(`${appid}\n${person}`)
  const isCoolingDown = (consent: Consent | undefined) =>
    clock.now() - (consent?.refusedAt ?? Number.NEGATIVE_INFINITY) < settings().privacyCooldownMs

  return {
    needsAuthorization: ({ appid, privacyScopes }, person) => {
      const consent = find(appid, person)
      return privacyScopes
        ? privacyScopes.some((scope) => !covers(consent, scope))
        : !covers(consent, ANY)
    },
    decide: ({ appid, privacyScopes, privacyBanned }, person, scope, coupled) => {
      if (privacyBanned) return { decision: 'fail', errMsg: 'appid privacy api banned' }
      if (privacyScopes && !privacyScopes.includes(scope)) {
        return { decision: 'fail', ...NOT_DECLARED }
      }
      const consent = find(appid, person)
      if (covers(consent, scope)) return { decision: 'granted' }
      if (!isCoolingDown(consent)) return { decision: 'ask' }

      return { decision: 'fail', ...(coupled ? DENIED : NOT_AUTHORIZED) }
    },
    answer: ({ appid, privacyScopes }, person, answer) => {
      const id = `${appid}\n${person}`
      if (answer === 'forget') return void consents.delete(id)
      const agreed = answer === 'agree'
      const refusedAt = agreed ? Number.NEGATIVE_INFINITY : clock.now()
      consents.set(id, { appid, person, scopes: agreed ? privacyScopes : null, refusedAt })
    },
    list: () =>
      [...consents.values()].map(({ appid, person, scopes }) => ({
        appid,
        person,
        agreed: scopes !== null,
      })),
  }
}

/** Stands for the scopes of an agreement that lists none. */
const ANY = ''

/** Scopes that were added to the agreement since are not covered. */
const covers = (consent: Consent | undefined, scope: string) => {
  if (!consent || consent.scopes === null) return false
  return consent.scopes === undefined || consent.scopes.includes(scope)
}
