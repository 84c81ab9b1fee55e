import type { Engine } from '../infra/database/engine.ts'
import { isUniqueViolation } from '../infra/database/failures.ts'
import type { OrgEvent } from '../org/event.ts'
import { addEvent } from '../org/event.ts'
import { activeIn } from '../org/rows.ts'
import { SLOT_MS, slotsOf } from './times.ts'

type Stamp = Pick<OrgEvent, 'orgId' | 'actorId' | 'requestId' | 'at'>
type Span = { startsAt: Date; endsAt: Date }

export type RoomFields = {
  name: string
  place: string
  capacity: number
  equipment: string
  needsApproval: boolean
  opensMin: number
  closesMin: number
  maxMin: number
}

export type RoomChange = Partial<RoomFields> & { disabledAt?: Date | null }

export type Room = NonNullable<Awaited<ReturnType<RoomStore['find']>>>
export type RoomStore = ReturnType<typeof createRoomStore>

export const createRoomStore = (engine: Engine) => ({
  list: (orgId: number) =>
    engine.run((client) => client.room.findMany({ where: { orgId }, orderBy: { name: 'asc' } })),

  /** A room of a company to which the user belongs; null for every other one. */
  find: (userId: number, publicId: string) =>
    engine.run((client) =>
      client.room.findFirst({
        where: { publicId, org: activeIn(userId) },
        include: { org: { select: { id: true, publicId: true, timeZone: true } } },
      }),
    ),

  /** Those that can be taken and hold nothing in the span, but for what that meeting holds itself. */
  async listFree(
    orgId: number,
    { startsAt, endsAt }: Span,
    { people, meetingId }: { people: number; meetingId: number | null },
  ) {
    return engine.run(async (client) => {
      const rooms = await client.room.findMany({
        where: { orgId, disabledAt: null, capacity: { gte: people } },
        orderBy: [{ capacity: 'asc' }, { name: 'asc' }],
      })
      const slots = slotsOf({ startsAt, endsAt })
      const taken = await client.roomSlot.findMany({
        where: {
          roomId: { in: rooms.map(({ id }) => id) },
          slot: { gte: slots[0] ?? 0, lte: slots.at(-1) ?? 0 },
          ...(meetingId === null ? {} : { meetingId: { not: meetingId } }),
        },
        select: { roomId: true },
        distinct: ['roomId'],
      })
      const busy = new Set(taken.map(({ roomId }) => roomId))
      return rooms.filter(({ id }) => !busy.has(id))
    })
  },

  /** What holds the room between two instants. */
  listHeld: (roomId: number, { startsAt, endsAt }: Span) =>
    engine.run(async (client) => {
      const held = await client.roomSlot.findMany({
        where: {
          roomId,
          slot: { gte: startsAt.getTime() / SLOT_MS, lt: endsAt.getTime() / SLOT_MS },
        },
        orderBy: { slot: 'asc' },
      })
      const meetings = await client.meeting.findMany({
        where: { id: { in: [...new Set(held.map(({ meetingId }) => meetingId))] } },
        select: { id: true, publicId: true, title: true, participants: { select: WHO } },
      })
      return { held, meetings: new Map(meetings.map((meeting) => [meeting.id, meeting])) }
    }),

  /** The one of that name when it is there already. */
  async add(room: RoomFields & { publicId: string; orgId: number }, stamp: Stamp) {
    const { orgId, name, publicId } = room
    try {
      return await engine.transact(
        async (tx) => {
          const made = await tx.room.create({ data: room })
          await addEvent(tx, { ...stamp, kind: 'room', subject: publicId, detail: 'add' })
          return made
        },
        { attempts: 1 },
      )
    } catch (error) {
      if (!isUniqueViolation(error)) throw error
      return engine.run((client) =>
        client.room.findUniqueOrThrow({ where: { orgId_name: { orgId, name } } }),
      )
    }
  },

  /** `taken`: another room has that name. `in use`: it is to be disabled, and meetings hold it. */
  async change(
    { id, version, publicId }: { id: number; version: number; publicId: string },
    change: RoomChange,
    stamp: Stamp,
  ): Promise<'changed' | 'stale' | 'taken' | 'in use'> {
    try {
      return await engine.transact(
        async (tx) => {
          const { count } = await tx.room.updateMany({
            where: { id, version },
            data: { ...change, version: { increment: 1 } },
          })
          if (count === 0) return 'stale'
          if (change.disabledAt) {
            const slot = { gte: Math.floor(stamp.at.getTime() / SLOT_MS) }
            const held = await tx.roomSlot.findFirst({ where: { roomId: id, slot } })
            if (held !== null) throw new RoomInUse()
          }
          const detail = Object.keys(change).join(' ')
          await addEvent(tx, { ...stamp, kind: 'room', subject: publicId, detail })
          return 'changed'
        },
        { attempts: 1 },
      )
    } catch (error) {
      if (error instanceof RoomInUse) return 'in use'
      if (isUniqueViolation(error)) return 'taken'
      throw error
    }
  },

  /** The past is kept by the meetings; resolves to how many rows that were. */
  removePast: async (now: Date): Promise<number> => {
    const slot = { lt: Math.floor(now.getTime() / SLOT_MS) - PAST_SLOTS }
    const { count } = await engine.run((client) => client.roomSlot.deleteMany({ where: { slot } }))
    return count
  },
})

/** A day, which is what pages show. */
const PAST_SLOTS = (24 * 60 * 60_000) / SLOT_MS

const WHO = { memberId: true, member: { select: { userId: true } } } as const

/** Undoes the change. */
class RoomInUse extends Error {}
