import type { ConsentsResult, MessageKind } from '@oa/contracts'
import { askToSubscribeTo } from '../ui/subscribe'
import { loadConsents, reportConsents } from './consents'
import { onSessionChange } from './session'

/** WeChat shows at most so many in one sheet. */
const AT_ONCE = 3
/** Who has so many put by is not asked. */
const ENOUGH = 3

let known: ConsentsResult | undefined
/** Templates that the user left out of a sheet: they are not asked again until the next start. */
const declined = new Set<string>()
let isAsking = false

onSessionChange(() => {
  known = undefined
  declined.clear()
})

/** Learns what could be asked, since a tap must ask before it waits for anything. */
export const prepareToAsk = async (): Promise<void> => {
  if (known) return
  try {
    known = await loadConsents()
  } catch {
    // Then nothing is asked: what the user came for does not depend on it.
  }
}

/**
 * Asks for reminders of what comes next, within the tap of something else; at once when there is nothing
 * to ask. Never rejects. WeChat may never answer: then the next tap does not wait any more.
 */
export const askAlong = async (kinds: readonly MessageKind[]): Promise<void> => {
  const ids = idsOf(kinds)
  if (isAsking || ids.length === 0) return
  isAsking = true
  const accepted = await askToSubscribeTo(ids)
  isAsking = false
  for (const id of ids) if (!accepted.includes(id)) declined.add(id)
  if (accepted.length === 0) return
  try {
    known = known?.countedBy === 'client' ? await reportConsents(accepted) : await loadConsents()
  } catch {
    // The server hears of it by WeChat, or not: one reminder less.
  }
}

const idsOf = (kinds: readonly MessageKind[]): string[] =>
  (known?.templates ?? [])
    .filter(({ kind, id, left }) => kinds.includes(kind) && left < ENOUGH && !declined.has(id))
    .map(({ id }) => id)
    .slice(0, AT_ONCE)
