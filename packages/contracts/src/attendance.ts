import type { Static } from 'typebox'
import { Type } from 'typebox'
import { MeetingState } from './meeting.ts'
import { PublicId } from './org.ts'
import { AttendanceStatus } from './presence.ts'
import { DisplayText, Instant } from './text.ts'

/** How long a code is the newest one; the one before is accepted too. */
const EveryMs = Type.Integer({ examples: [5_000] })

/** A code for the scanner, shown from a time of the server's clock on. */
const CheckInCode = Type.Object({
  text: Type.String({ examples: ['OA1.AZOKXnwdcACAAAAAAAAAAREFkEAhvXjhBlAI'] }),
  svg: Type.String({ description: 'data URI of an SVG image' }),
  from: Instant(),
})

/** Codes of now and of the next seconds, so that a slow network shows no gap; `now` is the server's. */
export const CheckInCodeResult = Type.Object({
  codes: Type.Array(CheckInCode),
  now: Instant(),
  everyMs: EveryMs,
  present: Type.Integer({ minimum: 0 }),
  people: Type.Integer({ minimum: 0 }),
})
export type CheckInCodeResult = Static<typeof CheckInCodeResult>

/** What was scanned; anything else than a code of now is answered alike. */
export const CheckInRequest = Type.Object(
  { code: Type.String({ maxLength: 200 }) },
  { additionalProperties: false },
)
export type CheckInRequest = Static<typeof CheckInRequest>

/** The first time counts, however often the request is repeated. */
export const CheckInResult = Type.Object({
  meetingId: PublicId(),
  checkedInAt: Instant(),
  status: AttendanceStatus,
})
export type CheckInResult = Static<typeof CheckInResult>

/** `present: false` takes back what was recorded. */
export const CheckInByHandRequest = Type.Object(
  {
    memberId: PublicId(),
    present: Type.Boolean(),
    reason: DisplayText({ minLength: 1, maxLength: 200, examples: ['手机没电'] }),
  },
  { additionalProperties: false },
)
export type CheckInByHandRequest = Static<typeof CheckInByHandRequest>

export const CheckInByHandResult = Type.Object({ status: AttendanceStatus })
export type CheckInByHandResult = Static<typeof CheckInByHandResult>

/** How a meeting goes, at most a second old. */
export const LiveResult = Type.Object({
  state: MeetingState,
  voting: Type.Boolean({ description: 'a vote is open' }),
  present: Type.Integer({ minimum: 0 }),
  people: Type.Integer({ minimum: 0 }),
})
export type LiveResult = Static<typeof LiveResult>

/** The same `requestId` gives the same link again. */
export const MakeScreenRequest = Type.Object(
  {
    requestId: Type.String({ format: 'uuid', maxLength: 36, description: 'drawn by the client' }),
  },
  { additionalProperties: false },
)
export type MakeScreenRequest = Static<typeof MakeScreenRequest>

/** For a browser that shows it to the room; who has the link sees codes and counts, and no names. */
export const ScreenResult = Type.Object({
  url: Type.String({ examples: ['https://oa.example.com/screen/AZOKXnwdcACAAAAAAAAAAA'] }),
  expiresAt: Instant(),
})
export type ScreenResult = Static<typeof ScreenResult>

/** What the page of a projector asks for; `codes` is empty while nobody can check in. */
export const ScreenState = Type.Object({
  title: Type.String(),
  state: MeetingState,
  startsAt: Instant(),
  opensAt: Instant(),
  timeZone: Type.String({ examples: ['Asia/Shanghai'] }),
  codes: Type.Array(CheckInCode),
  now: Instant(),
  everyMs: EveryMs,
  present: Type.Integer({ minimum: 0 }),
  late: Type.Integer({ minimum: 0 }),
  people: Type.Integer({ minimum: 0 }),
})
export type ScreenState = Static<typeof ScreenState>
