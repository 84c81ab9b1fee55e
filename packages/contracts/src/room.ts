import type { Static } from 'typebox'
import { Type } from 'typebox'
import { ItemVersion } from './department.ts'
import { OrgId, PublicId } from './org.ts'
import { DisplayText, Instant, OrNull } from './text.ts'

const Minute = (maximum = 1_440) => Type.Integer({ minimum: 0, maximum })

const FIELDS = {
  name: DisplayText({ minLength: 1, maxLength: 40, examples: ['三楼会议室'] }),
  place: DisplayText({ maxLength: 80, examples: ['A 座 3 楼'] }),
  capacity: Type.Integer({ minimum: 1, maximum: 9_999 }),
  equipment: DisplayText({ maxLength: 120, examples: ['投影、白板'] }),
  needsApproval: Type.Boolean(),
  opensMin: Minute(),
  closesMin: Minute(),
  maxMin: Type.Integer({ minimum: 5, maximum: 1_440 }),
}

export const Room = Type.Object({
  id: PublicId(),
  ...FIELDS,
  disabled: Type.Boolean(),
  version: ItemVersion,
})
export type Room = Static<typeof Room>

export const RoomsResult = Type.Object({ rooms: Type.Array(Room) })
export type RoomsResult = Static<typeof RoomsResult>

/** Which rooms are free for a whole span and seat so many. */
export const FreeRoomsParams = Type.Object(
  {
    orgId: OrgId(),
    from: Instant(),
    to: Instant(),
    people: Type.Optional(
      Type.String({
        pattern: '^[1-9][0-9]{0,3}$',
        maxLength: 4,
        examples: ['8'],
        description: 'how many it has to seat; a query has no numbers',
      }),
    ),
    meetingId: Type.Optional(PublicId()),
  },
  { additionalProperties: false },
)
export type FreeRoomsParams = Static<typeof FreeRoomsParams>

export const RoomDayParams = Type.Object(
  {
    date: Type.Optional(
      Type.String({
        format: 'date',
        maxLength: 10,
        description: "a day in the company's time zone, today by default",
      }),
    ),
  },
  { additionalProperties: false },
)
export type RoomDayParams = Static<typeof RoomDayParams>

/** The title is there for those who may see the meeting. */
export const RoomDayResult = Type.Object({
  spans: Type.Array(
    Type.Object({
      from: Instant(),
      to: Instant(),
      title: OrNull(Type.String()),
      meetingId: OrNull(PublicId()),
    }),
  ),
})
export type RoomDayResult = Static<typeof RoomDayResult>

/** A name that is there already is that room. */
export const AddRoomRequest = Type.Object(
  {
    orgId: OrgId(),
    name: FIELDS.name,
    ...Type.Partial(Type.Omit(Type.Object(FIELDS), ['name'])).properties,
  },
  { additionalProperties: false },
)
export type AddRoomRequest = Static<typeof AddRoomRequest>

export const UpdateRoomRequest = Type.Object(
  {
    version: ItemVersion,
    ...Type.Partial(Type.Object({ ...FIELDS, disabled: Type.Boolean() })).properties,
  },
  { additionalProperties: false, minProperties: 2 },
)
export type UpdateRoomRequest = Static<typeof UpdateRoomRequest>

export const RoomResult = Type.Object({ id: PublicId(), version: ItemVersion })
export type RoomResult = Static<typeof RoomResult>
