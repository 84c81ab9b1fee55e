import { isIP } from 'node:net'
import type { Ok, SessionInfo, UserInfo } from '@oa/contracts'
import { ERRNO, Failure } from '@oa/contracts'
import type { FastifyRequest } from 'fastify'
import type { Caller } from '../audit/caller.ts'
import type { Session } from '../sessions/session.ts'
import type { User } from '../users/user.ts'

/** The failures that any route may answer with. */
export const FAILURES = { '4xx': Failure, '5xx': Failure } as const

/** The success envelope. */
export const ok = <T>(data: T, errmsg = '成功'): Ok<T> => ({ errno: ERRNO.OK, errmsg, data })

/** What an ending is answered with. */
export const saidOf = ({ everywhere }: { everywhere: boolean }) =>
  everywhere ? '成功' : '成功，其他节点最迟一分钟内生效'

const MAX_USER_AGENT_LENGTH = 255

export const callerOf = ({ ip, headers, id }: FastifyRequest): Caller => ({
  // A proxy that is trusted too far hands on what its client wrote.
  ip: isIP(ip) === 0 ? '' : ip,
  userAgent: (headers['user-agent'] ?? '').slice(0, MAX_USER_AGENT_LENGTH),
  requestId: id,
})

export const toUserInfo = ({ nickName, avatarUrl, gender }: User): UserInfo => ({
  nickName,
  avatarUrl,
  gender,
})

/** `currentId` is the session that asks. */
export const toSessionInfo = (session: Session, currentId: string): SessionInfo => ({
  id: session.id,
  deviceName: session.deviceName,
  ip: session.ip,
  createdAt: session.createdAt.toISOString(),
  lastSeenAt: session.lastSeenAt.toISOString(),
  expiresAt: earlier(session.idleExpiresAt, session.absoluteExpiresAt).toISOString(),
  current: session.id === currentId,
})

const earlier = (one: Date, other: Date) => (one < other ? one : other)
