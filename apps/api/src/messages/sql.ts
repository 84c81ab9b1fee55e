import type { ConsentKey } from '../consents/sql.ts'
import { clearConsent, giveConsentBack, spendConsent } from '../consents/sql.ts'
import type { Engine } from '../infra/database/engine.ts'
import type { NewLine } from '../notices/add.ts'
import { MemberStatus } from '../org/membership.ts'
import { addToOutbox } from '../outbox/add.ts'
import { beginSending, finishWork, giveUpWork, retryWork } from '../outbox/claimed.ts'
import type { ClaimedWork, NewWork } from '../outbox/row.ts'
import { OutboxState } from '../outbox/row.ts'
import { UserStatus } from '../users/user.ts'

/** A member who is told something; `user` is null for who has no open account. */
export type Recipient = {
  memberId: number
  isActive: boolean
  user: { id: number; appId: string; openid: string } | null
}

/** A message that nobody has agreed to: it only has to be counted. */
export type Unwanted = Pick<NewWork, 'dedupeKey' | 'meetingId' | 'memberId'>

export type MessageStore = ReturnType<typeof createMessageStore>

/** Work of the outbox ends in the transaction of what it writes. */
export const createMessageStore = (engine: Engine) => ({
  findRecipients: async (memberIds: readonly number[]): Promise<Recipient[]> => {
    const rows = await engine.run((client) =>
      client.orgMember.findMany({
        where: { id: { in: [...memberIds] } },
        select: {
          id: true,
          status: true,
          user: { select: { id: true, appId: true, openid: true, status: true } },
        },
      }),
    )
    return rows.map(({ id, status, user }) => ({
      memberId: id,
      isActive: status === MemberStatus.active,
      user:
        user?.status === UserStatus.active
          ? { id: user.id, appId: user.appId, openid: user.openid }
          : null,
    }))
  },

  /** Which of these users may be sent a message by that template. */
  findAgreed: async (templateId: string, userIds: readonly number[]): Promise<Set<number>> => {
    const rows = await engine.run((client) =>
      client.messageConsent.findMany({
        where: { templateId, userId: { in: [...userIds] }, credit: { gt: 0 } },
        select: { userId: true },
      }),
    )
    return new Set(rows.map(({ userId }) => userId))
  },

  findOrg: (id: number) =>
    engine.run((client) =>
      client.org.findUnique({ where: { id }, select: { appId: true, closedAt: true } }),
    ),

  findMeeting: (id: number) =>
    engine.run((client) =>
      client.meeting.findUnique({
        where: { id },
        select: {
          publicId: true,
          state: true,
          startsAt: true,
          location: true,
          room: { select: { name: true } },
          creator: { select: { name: true } },
        },
      }),
    ),

  findName: async (memberId: number): Promise<string> => {
    const row = await engine.run((client) =>
      client.orgMember.findUnique({ where: { id: memberId }, select: { name: true } }),
    )
    return row?.name ?? ''
  },

  /** Ends the announcement with all that it leads to, once. */
  announce: (
    work: ClaimedWork,
    made: { lines: NewLine[]; messages: NewWork[]; unwanted: Unwanted[]; at: Date },
  ): Promise<void> =>
    engine.transact(async (tx) => {
      const { lines, messages, unwanted, at } = made
      if (!(await finishWork(tx, work, { result: 'ok', at }))) return
      if (lines.length > 0) await tx.notice.createMany({ data: lines })
      await addToOutbox(tx, messages, at)
      if (unwanted.length === 0) return
      const ended = { state: OutboxState.done, result: 'no_consent', payload: '', topic: 'message' }
      const times = { availableAt: at, deadlineAt: at, createdAt: at }
      const data = unwanted.map((one) => ({ ...one, ...ended, ...times }))
      await tx.outbox.createMany({ data })
    }),

  /** Takes a consent for the message, which from now on counts as sent. Rejects when another process has it. */
  spend: (work: ClaimedWork, key: ConsentKey, at: Date): Promise<boolean> =>
    engine.transact(async (tx) => {
      if (!(await beginSending(tx, work, at)))
        throw new Error('another process works on the message')
      const isSpent = await spendConsent(tx, key, at)
      if (!isSpent) await finishWork(tx, work, { result: 'no_consent', at })
      return isSpent
    }),

  /** WeChat did not take it: it is sent later, or never when WeChat refuses its template. */
  giveBack: (
    work: ClaimedWork,
    { key, failure, at }: { key: ConsentKey; failure: 'failed' | 'wrong'; at: Date },
  ): Promise<void> =>
    engine.transact(async (tx) => {
      if (failure === 'failed') await retryWork(tx, work, at, 'sending')
      else await giveUpWork(tx, work, { result: 'wrong', at })
      await giveConsentBack(tx, key)
    }),

  /** WeChat knows of no consent. */
  refuse: (work: ClaimedWork, key: ConsentKey, at: Date): Promise<void> =>
    engine.transact(async (tx) => {
      await finishWork(tx, work, { result: 'refused', at })
      await clearConsent(tx, key, at)
    }),
})
