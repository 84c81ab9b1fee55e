import { raw } from '@prisma/client/runtime/client'
import type { WxSession } from '../generated/mysql/client.ts'
import type { EndReason, Session } from './session.ts'

export type SessionRow = Omit<WxSession, 'sealedSessionKey'>

/** The columns of `wx_session AS s` as a `SessionRow`, without the user's id. */
export const SESSION_COLUMNS = raw(`
  s.id AS id, s.device_id AS deviceId, s.device_name AS deviceName, s.ip AS ip,
  s.user_agent AS userAgent, s.created_at AS createdAt, s.last_seen_at AS lastSeenAt,
  s.idle_expires_at AS idleExpiresAt, s.absolute_expires_at AS absoluteExpiresAt,
  s.ended_at AS endedAt, s.ended_reason AS endedReason`)

/** `where` of sessions that are neither ended nor expired at `now`. */
export const liveAt = (now: Date) => ({
  endedAt: null,
  idleExpiresAt: { gt: now },
  absoluteExpiresAt: { gt: now },
})

export const toSession = (row: SessionRow): Session => ({
  id: row.id,
  userId: Number(row.userId),
  deviceId: row.deviceId,
  deviceName: row.deviceName,
  ip: row.ip,
  userAgent: row.userAgent,
  createdAt: row.createdAt,
  lastSeenAt: row.lastSeenAt,
  idleExpiresAt: row.idleExpiresAt,
  absoluteExpiresAt: row.absoluteExpiresAt,
  endedAt: row.endedAt,
  // Written by this server alone.
  endedReason: row.endedReason as EndReason | null,
})
