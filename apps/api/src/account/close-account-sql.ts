import { randomUUID } from 'node:crypto'
import type { Transaction } from '../infra/database/engine.ts'
import { ending } from '../sessions/session-row.ts'
import { CLOSED_NAME } from '../users/user.ts'
import { NO_PROFILE } from './forget-person-sql.ts'

const CLOSED = {
  nickName: CLOSED_NAME,
  ...NO_PROFILE,
  unionid: null,
  lastLoginIp: '',
  userLevel: 0,
  shareUserId: null,
  status: 2,
  statusReason: '账号已注销',
  statusCode: 'closed',
  statusNote: null,
}

const NO_TRACE = { deviceId: null, deviceName: '', ip: '', userAgent: '' }

/** See `PersonalDataStore.close`. */
export const closeAccount = async (
  tx: Transaction,
  { userId, sessionId, at }: { userId: number; sessionId: string; at: Date },
): Promise<string[] | null> => {
  const nobody = tombstone()
  // Comes first: it locks the person, as a sign-in does, and whichever is second sees what the other did.
  const { count } = await tx.wxUser.updateMany({
    where: { id: userId, status: 0 },
    data: { ...CLOSED, openid: nobody, username: nobody, updateTime: at },
  })
  if (count === 0) return null

  await tx.wxSession.updateMany({
    where: { userId, endedAt: null },
    data: ending('left_elsewhere', at),
  })
  // Also those that were over: each would tell from where and on what the person once signed in.
  await tx.wxSession.updateMany({
    where: { userId },
    data: { ...NO_TRACE, endedReason: 'left_elsewhere' },
  })
  await tx.wxSession.updateMany({ where: { id: sessionId, userId }, data: { endedReason: 'left' } })
  const ended = await tx.wxSession.findMany({
    where: { userId, endedAt: at },
    select: { id: true },
  })
  return ended.map(({ id }) => id)
}

/** WeChat's openids have no space, and no operator or push can name one that has. */
const tombstone = () => `closed ${randomUUID()}`
