import { badValue, roomTaken } from '../errors/business-error.ts'
import type { Transaction } from '../infra/database/engine.ts'
import { slotsOf } from './times.ts'

type Taking = { meetingId: number; roomId: number; startsAt: Date; endsAt: Date }

/**
 * To be called before anything names these rooms in a foreign key, which locks them for reading: two who
 * hold that lock would wait for each other. Ascending, so that two moves between the same rooms do not.
 */
export const lockRooms = async (
  tx: Pick<Transaction, '$executeRaw'>,
  ids: readonly (number | null)[],
): Promise<void> => {
  const rooms = [...new Set(ids.filter((id) => id !== null))].sort((one, other) => one - other)
  for (const id of rooms) await tx.$executeRaw`UPDATE room SET version = version WHERE id = ${id}`
}

/**
 * Takes a room that is locked for the span, and frees whatever the meeting held before; rejects with
 * ROOM_TAKEN when another meeting has a part of it, with BAD_VALUE when it is disabled. The primary key of the slots would stop even who
 * forgot the lock.
 */
export const takeSlots = async (tx: Transaction, taking: Taking): Promise<void> => {
  const { meetingId, roomId, startsAt, endsAt } = taking
  await freeSlots(tx, meetingId)
  // Read behind its lock: an administrator may be disabling it.
  const disabled = await tx.room.findFirst({ where: { id: roomId, disabledAt: { not: null } } })
  if (disabled !== null) throw badValue('room')
  const slots = slotsOf({ startsAt, endsAt })
  const foreign = await tx.roomSlot.findFirst({
    where: { roomId, slot: { in: slots } },
    select: { slot: true },
  })
  if (foreign !== null) throw roomTaken()
  await tx.roomSlot.createMany({ data: slots.map((slot) => ({ roomId, slot, meetingId })) })
}

/** Of a meeting; from `from` on, or all. */
export const freeSlots = async (
  tx: Pick<Transaction, 'roomSlot'>,
  meetingId: number,
  from?: Date,
): Promise<void> => {
  const first = from === undefined ? {} : { slot: { gte: slotAfter(from) } }
  await tx.roomSlot.deleteMany({ where: { meetingId, ...first } })
}

/** The slot in which `at` lies is used. */
const slotAfter = (at: Date): number => {
  const [slot = 0] = slotsOf({ startsAt: at, endsAt: new Date(at.getTime() + 1) })
  return slot + 1
}
