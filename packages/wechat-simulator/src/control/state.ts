import type { Call } from '../calls.ts'
import { endpoints } from '../endpoints/index.ts'
import type { Fault } from '../faults/fault.ts'
import type { AccessToken } from '../platform/access-tokens.ts'
import type { Message } from '../platform/messages.ts'
import type { PhoneUsage } from '../platform/phones.ts'
import type { QuotaView } from '../platform/quotas.ts'
import type { Delivery } from '../push/pushes.ts'
import type { World } from '../world.ts'
import type { AppView, PersonView } from './actions.ts'
import { viewApp, viewPerson } from './actions.ts'
import type { ConsentState } from './state-consents.ts'
import { listConsents } from './state-consents.ts'

/** All that the control page shows. */
export interface StateView {
  now: number
  apps: AppView[]
  /** The newest, and how many there are. */
  people: PersonView[]
  peopleCount: number
  consents: ConsentState[]
  tokens: TokenView[]
  quotas: QuotaView[]
  phoneQuotas: PhoneUsage[]
  messages: Message[]
  pushes: Delivery[]
  faults: Fault[]
  calls: Call[]
  /** The paths that can be called, and have faults. */
  paths: string[]
}

/** A valid access_token, without its text. */
export type TokenView = Omit<AccessToken, 'value'>

/** How many entries of a list the page shows at most. */
const SHOWN = 200

export const viewState = ({ platform, faults, calls }: World): StateView => ({
  now: platform.clock.now(),
  apps: platform.apps.list().map(viewApp),
  people: last(platform.people.list()).map((person) => viewPerson(person, platform)),
  peopleCount: platform.people.list().length,
  consents: last(listConsents(platform)),
  tokens: platform.accessTokens.list().map(({ value: _value, ...token }) => token),
  quotas: platform.quotas.list(),
  phoneQuotas: platform.phoneQuota.list(platform.apps.list()),
  messages: last(platform.messages.list()),
  pushes: last(platform.pushes.list()),
  faults: faults.list(),
  calls: last(calls.list()),
  paths: endpoints.map(({ path }) => path),
})

const last = <T>(list: readonly T[]) => list.slice(-SHOWN)
