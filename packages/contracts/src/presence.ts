import type { Static } from 'typebox'
import { Type } from 'typebox'

/** Where somebody is, seen from a meeting; it follows from what is recorded and the time. */
export const AttendanceStatus = Type.Union(
  [
    Type.Literal('unknown'),
    Type.Literal('present'),
    Type.Literal('late'),
    Type.Literal('on_leave'),
    Type.Literal('absent'),
  ],
  { description: 'on_leave: declined, and is not there; unknown: may still come' },
)
export type AttendanceStatus = Static<typeof AttendanceStatus>

/** By the code; by hand, for a reason; or taken back by hand. */
export const CheckInWay = Type.Union([
  Type.Literal('code'),
  Type.Literal('hand'),
  Type.Literal('undone'),
])
export type CheckInWay = Static<typeof CheckInWay>
