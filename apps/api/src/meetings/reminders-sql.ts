import type { Engine } from '../infra/database/engine.ts'
import { addNotices } from '../notices/add.ts'
import { numberOfReply } from './rows.ts'
import { MeetingState } from './state.ts'

const MINUTE_MS = 60_000

export type AboutToStart = { id: number; startsAt: Date }
export type ReminderStore = ReturnType<typeof createReminderStore>

/** A meeting is about to begin: everybody who has not declined is reminded, once for each beginning. */
export const createReminderStore = (engine: Engine) => ({
  /** Meetings that begin as soon as their company wants it told, and are not told yet. */
  findDue: async (now: Date, limit: number): Promise<AboutToStart[]> =>
    engine.run(async (client) => {
      const spans = await client.org.findMany({
        where: { closedAt: null, remindMin: { gt: 0 } },
        distinct: ['remindMin'],
        select: { remindMin: true },
      })
      const due: AboutToStart[] = []
      for (const { remindMin } of spans) {
        const until = new Date(now.getTime() + remindMin * MINUTE_MS)
        const rows = await client.meeting.findMany({
          where: {
            state: MeetingState.scheduled,
            startsAt: { gt: now, lte: until },
            org: { remindMin, closedAt: null },
            OR: [
              { startToldFor: null },
              { NOT: { startToldFor: { equals: client.meeting.fields.startsAt } } },
            ],
          },
          select: { id: true, startsAt: true },
          take: limit,
        })
        due.push(...rows)
      }
      return due
    }),

  /** False when another node was faster, or when the meeting was moved, cancelled or begun meanwhile. */
  remind: ({ id, startsAt }: AboutToStart, at: Date): Promise<boolean> =>
    engine.transact(async (tx) => {
      // The version stays: nobody has decided anything.
      const { count } = await tx.meeting.updateMany({
        where: {
          id,
          startsAt,
          state: MeetingState.scheduled,
          OR: [{ startToldFor: null }, { startToldFor: { not: startsAt } }],
        },
        data: { startToldFor: startsAt },
      })
      if (count === 0) return false
      const meeting = await tx.meeting.findUniqueOrThrow({ where: { id } })
      const { orgId, publicId, sequence, title } = meeting
      const people = await tx.meetingParticipant.findMany({
        where: { meetingId: id, reply: { not: numberOfReply('no') } },
        select: { memberId: true },
      })
      await addNotices(tx, {
        orgId,
        kind: 'starting',
        to: people.map(({ memberId }) => memberId),
        meetingId: id,
        onceKey: `${publicId}:${sequence}:${startsAt.getTime()}:starting`,
        title,
        startsAt,
        at,
      })
      return true
    }),
})
