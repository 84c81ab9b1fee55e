import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Room } from '@oa/contracts'
import {
  AddRoomRequest,
  FreeRoomsParams,
  ItemParams,
  Ok,
  OrgParams,
  RoomDayParams,
  RoomDayResult,
  RoomResult,
  RoomsResult,
  UpdateRoomRequest,
  VersionResult,
} from '@oa/contracts'
import { FAILURES, ok } from '../http/replies.ts'
import type { Rooms } from './service.ts'

const SCHEMA = { tags: ['room'], security: [{ token: [] }] }

/** To be registered behind the guard. */
export const roomRoutes: FastifyPluginAsyncTypebox<{ rooms: Rooms }> = async (app, { rooms }) => {
  app.get(
    '/wx/room/list',
    {
      schema: {
        ...SCHEMA,
        summary: 'The rooms of my company',
        querystring: OrgParams,
        response: { 200: Ok(RoomsResult), ...FAILURES },
      },
    },
    async ({ auth, query }) =>
      ok({ rooms: (await rooms.list(auth.user, query.orgId)).map(toRoom) }),
  )
  app.get(
    '/wx/room/free',
    {
      schema: {
        ...SCHEMA,
        summary: 'Rooms that are free for a whole span, the smallest first',
        querystring: FreeRoomsParams,
        response: { 200: Ok(RoomsResult), ...FAILURES },
      },
    },
    async ({ auth, query }) => ok({ rooms: (await rooms.listFree(auth.user, query)).map(toRoom) }),
  )
  app.get(
    '/wx/room/:id/day',
    {
      schema: {
        ...SCHEMA,
        summary: 'What holds a room on one day',
        params: ItemParams,
        querystring: RoomDayParams,
        response: { 200: Ok(RoomDayResult), ...FAILURES },
      },
    },
    async ({ auth, params, query }) => {
      const spans = await rooms.day(auth.user, params.id, query.date)
      return ok({
        spans: spans.map(({ from, to, title, meetingId }) => ({
          from: from.toISOString(),
          to: to.toISOString(),
          title,
          meetingId,
        })),
      })
    },
  )
  app.post(
    '/wx/admin/rooms',
    {
      schema: {
        ...SCHEMA,
        summary: 'Add a room',
        body: AddRoomRequest,
        response: { 200: Ok(RoomResult), ...FAILURES },
      },
    },
    async ({ auth, body, id }) => {
      const { publicId, version } = await rooms.add(auth.user, body, id)
      return ok({ id: publicId, version })
    },
  )
  app.post(
    '/wx/admin/rooms/:id',
    {
      schema: {
        ...SCHEMA,
        summary: 'Change or disable a room',
        params: ItemParams,
        body: UpdateRoomRequest,
        response: { 200: Ok(VersionResult), ...FAILURES },
      },
    },
    async ({ auth, params, body, id }) =>
      ok({ version: await rooms.update(auth.user, params.id, body, id) }),
  )
}

type Row = Awaited<ReturnType<Rooms['list']>>[number]

const toRoom = (row: Row): Room => ({
  id: row.publicId,
  name: row.name,
  place: row.place,
  capacity: row.capacity,
  equipment: row.equipment,
  needsApproval: row.needsApproval,
  opensMin: row.opensMin,
  closesMin: row.closesMin,
  maxMin: row.maxMin,
  disabled: row.disabledAt !== null,
  version: row.version,
})
