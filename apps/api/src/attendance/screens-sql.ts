import type { Engine } from '../infra/database/engine.ts'
import { isUniqueViolation } from '../infra/database/failures.ts'
import { addEvent } from '../org/event.ts'

export type NewScreen = {
  meetingId: number
  tokenHash: string
  madeBy: number
  createdAt: Date
  expiresAt: Date
}
type Stamp = { orgId: number; subject: string; actorId: number; requestId: string; at: Date }

export type ScreenStore = ReturnType<typeof createScreenStore>

/** Links for projectors; what is handed out is not kept, only its hash. */
export const createScreenStore = (engine: Engine) => ({
  /** The one that is there already when the same token was drawn again. */
  async add(screen: NewScreen, stamp: Stamp): Promise<{ expiresAt: Date }> {
    try {
      return await engine.transact(
        async (tx) => {
          const made = await tx.meetingScreen.create({ data: screen })
          await addEvent(tx, { ...stamp, kind: 'meeting', detail: 'screen' })
          return made
        },
        { attempts: 1 },
      )
    } catch (error) {
      if (!isUniqueViolation(error)) throw error
      return engine.run((client) =>
        client.meetingScreen.findUniqueOrThrow({ where: { tokenHash: screen.tokenHash } }),
      )
    }
  },

  /** All links of a meeting; there may be none. */
  revoke: (meetingId: number, stamp: Stamp): Promise<void> =>
    engine.transact(async (tx) => {
      const { count } = await tx.meetingScreen.updateMany({
        where: { meetingId, revokedAt: null },
        data: { revokedAt: stamp.at },
      })
      if (count > 0) await addEvent(tx, { ...stamp, kind: 'meeting', detail: 'screen closed' })
    }),

  /** The meeting that a link shows; null when it shows none any more. */
  findMeeting: async (tokenHash: string, now: Date): Promise<number | null> => {
    const row = await engine.run((client) =>
      client.meetingScreen.findFirst({
        where: {
          tokenHash,
          revokedAt: null,
          expiresAt: { gt: now },
          meeting: { org: { closedAt: null } },
        },
        select: { meetingId: true },
      }),
    )
    return row?.meetingId ?? null
  },

  /** Removes links that were over before; resolves to how many. */
  removeOld: async (before: Date): Promise<number> => {
    const { count } = await engine.run((client) =>
      client.meetingScreen.deleteMany({ where: { expiresAt: { lt: before } } }),
    )
    return count
  },
})
