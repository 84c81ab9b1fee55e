import type { AddRoomRequest, FreeRoomsParams, UpdateRoomRequest } from '@oa/contracts'
import { badValue, contentRefused, staleOrg } from '../errors/business-error.ts'
import type { Clock } from '../infra/database/clock.ts'
import type { Access } from '../org/access.ts'
import { requireRole } from '../org/access.ts'
import type { JudgeText } from '../org/judge-text.ts'
import type { NewId } from '../org/rows.ts'
import type { User } from '../users/user.ts'
import { dateIn, dayIn } from './day.ts'
import type { Room, RoomChange, RoomStore } from './sql.ts'
import { SLOT_MS, timeProblem } from './times.ts'

const DEFAULTS = {
  place: '',
  capacity: 10,
  equipment: '',
  needsApproval: false,
  opensMin: 0,
  closesMin: 1_440,
  maxMin: 1_440,
}

type Deps = {
  access: Access
  store: RoomStore
  /** The row of a meeting that the caller organises; null for every other one. */
  findOwnMeeting(user: User, publicId: string): Promise<number | null>
  judge: JudgeText
  clock: Clock
  newId: NewId
}

export type HeldSpan = { from: Date; to: Date; title: string | null; meetingId: string | null }
export type Rooms = ReturnType<typeof createRooms>

/** Rooms, as members look for one and administrators keep them. */
export const createRooms = ({ access, store, findOwnMeeting, judge, clock, newId }: Deps) => {
  const findRoom = async (user: User, publicId: string): Promise<Room> => {
    const { item } = await access.ofItem(user, 'readMembers', () => store.find(user.id, publicId))
    return item
  }
  const judgeAll = async (user: User, texts: readonly (string | undefined)[]) => {
    for (const text of texts) {
      if (text && (await judge(user, text)) === 'refused') throw contentRefused('org')
    }
  }
  const requireHours = ({ opensMin, closesMin }: { opensMin: number; closesMin: number }) => {
    if (opensMin >= closesMin) throw badValue('order')
  }

  return {
    async list(user: User, orgId?: string) {
      const actor = await access.inOrg(user, 'readMembers', orgId)
      return store.list(actor.org.id)
    },

    async listFree(user: User, { orgId, from, to, people = '1', meetingId }: FreeRoomsParams) {
      const actor = await access.inOrg(user, 'readMembers', orgId)
      const span = { startsAt: new Date(from), endsAt: new Date(to) }
      const problem = timeProblem(span, { now: clock.now(), inRoom: true })
      if (problem !== null) throw badValue(problem)
      const own = meetingId === undefined ? null : await findOwnMeeting(user, meetingId)
      return store.listFree(actor.org.id, span, { people: Number(people), meetingId: own })
    },

    /** What holds a room on a day of the company; titles of those meetings that the caller is in. */
    async day(user: User, publicId: string, date?: string): Promise<HeldSpan[]> {
      const room = await findRoom(user, publicId)
      const { timeZone } = room.org
      const day = dayIn(timeZone, date ?? dateIn(timeZone, new Date(clock.now())))
      const { held, meetings } = await store.listHeld(room.id, day)
      const spans: (HeldSpan & { row: number })[] = []
      for (const { slot, meetingId: row } of held) {
        const [from, to] = [new Date(slot * SLOT_MS), new Date((slot + 1) * SLOT_MS)]
        const last = spans.at(-1)
        if (last?.row === row && last.to.getTime() === from.getTime()) {
          last.to = to
          continue
        }
        const meeting = meetings.get(row)
        const isMine = meeting?.participants.some(({ member }) => member.userId === user.id)
        const shown = isMine && meeting !== undefined ? meeting : null
        spans.push({
          row,
          from,
          to,
          title: shown?.title ?? null,
          meetingId: shown?.publicId ?? null,
        })
      }
      return spans.map(({ from, to, title, meetingId }) => ({ from, to, title, meetingId }))
    },

    async add(user: User, { orgId, ...fields }: AddRoomRequest, requestId: string) {
      const actor = await access.inOrg(user, 'manageRooms', orgId)
      const room = { ...DEFAULTS, ...fields, publicId: newId(), orgId: actor.org.id }
      requireHours(room)
      await judgeAll(user, [fields.name, fields.place, fields.equipment])
      const at = new Date(clock.now())
      return store.add(room, { orgId: actor.org.id, actorId: actor.id, requestId, at })
    },

    /** Resolves to the version of the room. */
    async update(
      user: User,
      publicId: string,
      { version, disabled, ...fields }: UpdateRoomRequest,
      requestId: string,
    ): Promise<number> {
      const { item: room, actor } = await access.ofItem(user, 'readMembers', () =>
        store.find(user.id, publicId),
      )
      requireRole(actor, 'manageRooms')
      const at = new Date(clock.now())
      const change = differenceOf(room, { ...fields, ...disabledAt(disabled, room, at) })
      if (Object.keys(change).length === 0) return room.version
      requireHours({ ...room, ...fields })
      await judgeAll(user, [change.name, change.place, change.equipment])
      const stamp = { orgId: actor.org.id, actorId: actor.id, requestId, at }
      const outcome = await store.change({ ...room, version }, change, stamp)
      if (outcome === 'changed') return version + 1
      if (outcome === 'taken') throw badValue('roomName')
      if (outcome === 'in use') throw badValue('roomInUse')
      throw staleOrg()
    },
  }
}

const disabledAt = (disabled: boolean | undefined, room: Room, at: Date): RoomChange => {
  if (disabled === undefined || disabled === (room.disabledAt !== null)) return {}
  return { disabledAt: disabled ? at : null }
}

/** What is not yet as asked. */
const differenceOf = (room: Room, asked: RoomChange): RoomChange => {
  const names = Object.keys(asked) as (keyof RoomChange)[]
  return Object.fromEntries(
    names.filter((name) => asked[name] !== room[name]).map((name) => [name, asked[name]]),
  )
}
