import type { Platform } from '../platform/platform.ts'

/** What a person has agreed to or refused. */
export interface ConsentState {
  appid: string
  person: string
  /**
   * `privacy`: the privacy agreement; `messages`: those left by a template; `always`: the choice
   * remembered for a template; `switch`: all messages; `permission`: such as scope.userLocation.
   */
  kind: 'privacy' | 'messages' | 'always' | 'switch' | 'permission'
  /** The template or the scope. */
  what?: string
  agreed: boolean
  /** Messages that may still be sent; any number when it is absent. */
  left?: number
}

export const listConsents = ({ privacy, subscriptions, people }: Platform): ConsentState[] => [
  ...privacy.list().map((consent) => ({ ...consent, kind: 'privacy' as const })),
  ...subscriptions.list().map(({ templateId: what, left, ...who }) => ({
    ...who,
    kind: 'messages' as const,
    what,
    agreed: true,
    ...(Number.isFinite(left) ? { left } : {}),
  })),
  ...subscriptions.listSettings().flatMap(({ appid, person, mainSwitch, itemSettings }) => [
    ...(mainSwitch ? [] : [{ appid, person, kind: 'switch' as const, agreed: false }]),
    ...Object.entries(itemSettings).map(([what, choice]) => ({
      appid,
      person,
      kind: 'always' as const,
      what,
      agreed: choice === 'accept',
    })),
  ]),
  ...people.list().flatMap(({ name: person, authSettings }) =>
    [...authSettings].flatMap(([appid, scopes]) =>
      Object.entries(scopes).map(([what, agreed]) => ({
        appid,
        person,
        kind: 'permission' as const,
        what,
        agreed,
      })),
    ),
  ),
]
