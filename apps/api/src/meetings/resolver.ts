import { badValue } from '../errors/business-error.ts'
import type { Engine } from '../infra/database/engine.ts'
import { may, roleOf } from '../org/role.ts'
import type { Asked, ResolvedRoom } from './edit.ts'
import type { Place } from './plan.ts'
import { partOf } from './rows.ts'

const ACTIVE = 2

/** Members and rooms as a request names them. */
type Request = {
  title?: string
  agenda?: string
  location?: string
  roomId?: string | null
  startsAt?: string
  endsAt?: string
  hostId?: string
  recorderId?: string | null
  auditorId?: string | null
  participantIds?: string[]
  observerIds?: string[]
}

const ROOM_FIELDS = {
  id: true,
  needsApproval: true,
  opensMin: true,
  closesMin: true,
  maxMin: true,
} as const

export type Resolver = ReturnType<typeof createResolver>

/** Finds what requests name; whatever is not of that company, or not there any more, is refused. */
export const createResolver = (engine: Engine) => {
  const usableRoom = async (where: { id: number } | { orgId: number; publicId: string }) => {
    const room: ResolvedRoom | null = await engine.run((client) =>
      client.room.findFirst({ where: { ...where, disabledAt: null }, select: ROOM_FIELDS }),
    )
    if (room === null) throw badValue('room')
    return room
  }

  return {
    orgOf: (orgId: number) =>
      engine.run((client) => client.org.findUniqueOrThrow({ where: { id: orgId } })),

    /** Null for a meeting without a room. */
    usableRoom: async (roomId: number | null): Promise<ResolvedRoom | null> =>
      roomId === null ? null : usableRoom({ id: roomId }),

    /** Everybody's place, but of those who have left the company since. */
    async activePlaces(meetingId: number): Promise<Place[]> {
      const rows = await engine.run((client) =>
        client.meetingParticipant.findMany({
          where: { meetingId, member: { status: ACTIVE } },
          select: { memberId: true, role: true },
        }),
      )
      return rows.map(({ memberId, role }) => ({ memberId, part: partOf(role) }))
    },

    async resolve(orgId: number, request: Request): Promise<Asked> {
      const { hostId, recorderId, auditorId, participantIds, observerIds } = request
      const named = [
        hostId,
        recorderId,
        auditorId,
        ...(participantIds ?? []),
        ...(observerIds ?? []),
      ]
      const ids = [...new Set(named.filter((id) => typeof id === 'string'))]
      const members =
        ids.length === 0
          ? []
          : await engine.run((client) =>
              client.orgMember.findMany({
                where: { orgId, publicId: { in: ids }, status: ACTIVE },
                select: { id: true, publicId: true, role: true },
              }),
            )
      const known = new Map(members.map((member) => [member.publicId, member]))
      const rowOf = (id: string): number => {
        const member = known.get(id)
        if (member === undefined) throw badValue('participants')
        return member.id
      }
      const auditorOf = (id: string): number => {
        const role = known.get(id)?.role
        if (role !== undefined && !may(roleOf(role), 'approveMeetings')) throw badValue('auditor')
        return rowOf(id)
      }
      const asked: Asked = {}
      if (request.title !== undefined) asked.title = request.title
      if (request.agenda !== undefined) asked.agenda = request.agenda
      if (request.location !== undefined) asked.location = request.location
      if (request.startsAt !== undefined) asked.startsAt = new Date(request.startsAt)
      if (request.endsAt !== undefined) asked.endsAt = new Date(request.endsAt)
      if (hostId !== undefined) asked.hostId = rowOf(hostId)
      if (recorderId !== undefined)
        asked.recorderId = recorderId === null ? null : rowOf(recorderId)
      if (auditorId !== undefined)
        asked.auditorId = auditorId === null ? null : auditorOf(auditorId)
      if (participantIds !== undefined) asked.participantIds = participantIds.map(rowOf)
      if (observerIds !== undefined) asked.observerIds = observerIds.map(rowOf)
      const { roomId } = request
      if (roomId !== undefined) {
        asked.room = roomId === null ? null : await usableRoom({ orgId, publicId: roomId })
      }
      return asked
    },
  }
}
