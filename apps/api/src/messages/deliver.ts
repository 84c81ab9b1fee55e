import type { Consenting, Messages } from '../consents/messages.ts'
import type { Clock } from '../infra/database/clock.ts'
import { MeetingState } from '../meetings/state.ts'
import { MESSAGE_OF } from '../notices/kinds.ts'
import type { ClaimedWork } from '../outbox/row.ts'
import type { Handler } from '../outbox/worker.ts'
import { reaches } from './announce.ts'
import type { MessageStore } from './sql.ts'
import type { MessageOrder } from './values.ts'
import { valuesOf } from './values.ts'

const INBOX = 'pages/notice/list/list'

type Deps = {
  store: MessageStore
  messages: Pick<Messages, 'send'>
  clock: Clock
}

type About = Awaited<ReturnType<MessageStore['findMeeting']>>

/**
 * Sends one message, at most once: from the moment that its consent is taken it counts as sent, whatever
 * becomes of this process, until WeChat certainly has not taken it.
 */
export const createDeliver = ({ store, messages, clock }: Deps): Handler => {
  const now = () => new Date(clock.now())
  const consentsFor = (work: ClaimedWork): Consenting => ({
    spend: (key, at) => store.spend(work, key, at),
    giveBack: (key, failure) => store.giveBack(work, { key, failure, at: now() }),
    none: (key, at) => store.refuse(work, key, at),
  })

  return async (work) => {
    const order = JSON.parse(work.payload) as MessageOrder
    const [recipient] = await store.findRecipients(work.memberId === null ? [] : [work.memberId])
    if (recipient === undefined || !reaches(order, recipient)) return 'gone'
    const about = work.meetingId === null ? null : await store.findMeeting(work.meetingId)
    if (isOutdated(order, about)) return 'outdated'
    const kind = MESSAGE_OF[order.kind]
    // `reaches` has seen the user; and nobody is sent a message of their own sign-in by this way.
    if (recipient.user === null || kind === null || kind === 'new_device') return 'off'
    const { applicantId } = order
    const applicant = applicantId === null ? about?.creator.name : await store.findName(applicantId)
    const place = [about?.room?.name, about?.location].filter(Boolean).join(' ')
    const values = valuesOf(kind, order, { place, applicant: applicant ?? '' })
    const page = pageOf(order, about)
    const outcome = await messages.send(recipient.user, kind, values, page, consentsFor(work))
    // Some of these were written with what became of the consent; then this changes nothing.
    if (outcome === 'failed') return 'retry'
    return outcome === 'wrong' ? 'settled' : outcome
  }
}

/** A later change of the meeting has its own message: who reads both late must not believe this one. */
export const isOutdated = (
  { kind, startsAt }: Pick<MessageOrder, 'kind' | 'startsAt'>,
  about: Pick<NonNullable<About>, 'state' | 'startsAt'> | null,
): boolean => {
  if (about === null || kind === 'cancelled' || kind === 'removed') return false
  const isCancelled = about.state === MeetingState.cancelled
  if (kind === 'approved' || kind === 'rejected' || kind === 'vote_opened') return isCancelled
  return isCancelled || about.startsAt.toISOString() !== startsAt
}

const pageOf = ({ page }: Pick<MessageOrder, 'page'>, about: About): string => {
  if (page !== null) return page
  return about === null ? INBOX : `pages/meeting/detail/detail?id=${about.publicId}`
}
