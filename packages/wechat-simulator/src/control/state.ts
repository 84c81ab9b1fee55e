import type { Call } from '../calls.ts'
import { endpoints } from '../endpoints/index.ts'
import type { Fault } from '../faults/fault.ts'
import type { AccessToken } from '../platform/access-tokens.ts'
import type { QuotaView } from '../platform/quotas.ts'
import type { Delivery } from '../push/pushes.ts'
import type { World } from '../world.ts'
import type { AppView, PersonView } from './actions.ts'
import { viewApp, viewPerson } from './actions.ts'

/** All that the control page shows. */
export interface StateView {
  now: number
  apps: AppView[]
  people: PersonView[]
  tokens: TokenView[]
  quotas: QuotaView[]
  pushes: Delivery[]
  faults: Fault[]
  calls: Call[]
  /** The paths that can be called, and so spoilt. */
  paths: string[]
}

/** A valid access_token, without its text. */
export type TokenView = Omit<AccessToken, 'value'>

/** More calls than a page can show are of no use to it. */
const SHOWN_CALLS = 200

export const viewState = ({ platform, faults, calls }: World): StateView => ({
  now: platform.clock.now(),
  apps: platform.apps.list().map(viewApp),
  people: platform.people.list().map((person) => viewPerson(person, platform)),
  tokens: platform.accessTokens.list().map(({ value: _value, ...token }) => token),
  quotas: platform.quotas.list(),
  pushes: platform.pushes.list().slice(-SHOWN_CALLS),
  faults: faults.list(),
  calls: calls.list().slice(-SHOWN_CALLS),
  paths: endpoints.map(({ path }) => path),
})
