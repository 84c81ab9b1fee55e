import type { Messages } from '../consents/messages.ts'
import type { Clock } from '../infra/database/clock.ts'
import type { Announcement } from '../notices/add.ts'
import { linesOf } from '../notices/add.ts'
import { deadlineOf } from '../notices/deadline.ts'
import { MESSAGE_OF } from '../notices/kinds.ts'
import type { ClaimedWork, NewWork } from '../outbox/row.ts'
import type { Handler } from '../outbox/worker.ts'
import type { MessageStore, Recipient } from './sql.ts'
import type { MessageOrder } from './values.ts'

type Deps = {
  store: MessageStore
  messages: Pick<Messages, 'templateOf'>
  clock: Clock
}

/**
 * Tells some members of one event: writes the lines that are not written yet, and leaves a message
 * for each who has agreed to one. It ends in the transaction of what it writes, hence happens once.
 */
export const createAnnounce = ({ store, messages, clock }: Deps): Handler => {
  /** Whose message is to be sent, and who has agreed to none. */
  const readersOf = async (told: Announcement, appId: string, recipients: Recipient[]) => {
    const kind = MESSAGE_OF[told.kind]
    const template = kind === null ? undefined : messages.templateOf(appId, kind)
    if (template === undefined) return { agreed: [], others: [] }
    const reached = recipients.filter((one) => reaches(told, one))
    const users = reached.flatMap(({ user }) => user?.id ?? [])
    const agreed = await store.findAgreed(template.id, users)
    const hasAgreed = ({ user }: Recipient) => user !== null && agreed.has(user.id)
    return {
      agreed: reached.filter(hasAgreed),
      others: reached.filter((one) => !hasAgreed(one)),
    }
  }

  return async (work) => {
    const told = JSON.parse(work.payload) as Announcement
    const org = await store.findOrg(told.orgId)
    if (org === null || org.closedAt !== null) return 'gone'
    const recipients = await store.findRecipients(told.to)
    const { agreed, others } = await readersOf(told, org.appId, recipients)
    const members = recipients.filter(({ isActive }) => isActive).map(({ memberId }) => memberId)
    await store.announce(work, {
      lines: told.writesLines ? linesOf(told, work.meetingId, members) : [],
      messages: agreed.map(({ memberId }) => messageFor(memberId, told, work)),
      unwanted: others.map(({ memberId }) => keysOf(memberId, told, work)),
      at: new Date(clock.now()),
    })
    return 'settled'
  }
}

/** Who was refused is no member, and is told so all the same. */
export const reaches = (
  { kind }: Pick<Announcement, 'kind'>,
  { isActive, user }: Pick<Recipient, 'isActive' | 'user'>,
): boolean => user !== null && (isActive || kind === 'join_refused')

const keysOf = (memberId: number, { onceKey }: Announcement, { meetingId }: ClaimedWork) => ({
  dedupeKey: `message:${onceKey}:${memberId}`,
  meetingId,
  memberId,
})

const messageFor = (memberId: number, told: Announcement, work: ClaimedWork): NewWork => {
  const { kind, title, startsAt, reason, applicantId, page } = told
  const payload: MessageOrder = { kind, title, startsAt, reason, applicantId, page, at: told.at }
  const at = new Date(told.at)
  const starts = startsAt === null ? null : new Date(startsAt)
  return {
    ...keysOf(memberId, told, work),
    topic: 'message',
    payload,
    availableAt: at,
    deadlineAt: deadlineOf({ kind, startsAt: starts, at }),
  }
}
