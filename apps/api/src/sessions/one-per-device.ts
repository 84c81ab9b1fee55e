import type { Session } from './session.ts'

export type LiveSession = Pick<Session, 'id' | 'deviceId'>

/**
 * Which live sessions give way to a new one, the newest first: one session for each device that names
 * itself, and no more than `maxSessions` in all, the new one included.
 */
export const makeRoom = (
  live: readonly LiveSession[],
  deviceId: string | null,
  maxSessions: number,
) => {
  const isReplaced = (one: LiveSession) => one.deviceId !== null && one.deviceId === deviceId
  const others = live.filter((one) => !isReplaced(one))
  const room = Math.max(maxSessions - 1, 0)
  return {
    replaced: live.filter(isReplaced),
    surplus: others.slice(room),
    kept: others.slice(0, room),
  }
}
