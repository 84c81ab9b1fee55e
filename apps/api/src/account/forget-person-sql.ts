import type { Prisma } from '../generated/mysql/client.ts'
import type { Transaction } from '../infra/database/engine.ts'
import { liveAt } from '../sessions/session-row.ts'
import { endLive } from '../sessions/sql.ts'
import type { Forgetting } from '../users/user.ts'

/** A number that nobody has is free for anybody. */
export const NO_PHONE = { phone: null, phoneBoundAt: null }

/** Forgets what `scope` names; resolves to the sessions that ended, or that show what was forgotten. */
export const forgetPerson = async (
  tx: Transaction,
  { userId, scope, nickName, at }: Forgetting,
): Promise<string[]> => {
  // Comes first: it locks the person, and SQLite cannot turn a reading transaction into a writing one.
  await tx.wxUser.updateMany({
    where: { id: userId },
    data: { ...BLANKS[scope], nickName, updateTime: at },
  })
  if (scope !== 'face') {
    return endLive(tx, { userId, reason: scope === 'account' ? 'closed' : 'revoked', at })
  }
  const showing = await tx.wxSession.findMany({
    where: { userId, ...liveAt(at) },
    select: { id: true },
  })
  return showing.map(({ id }) => id)
}

const FACE = { avatarUrl: '' }
/** Nothing that the person said, or WeChat said of him. */
export const NO_PROFILE = { ...FACE, ...NO_PHONE, gender: 0, mobile: '', birthday: null }

/** The openid stays: by it WeChat names the person, should it push again. */
const BLANKS: Record<Forgetting['scope'], Prisma.WxUserUpdateManyMutationInput> = {
  face: FACE,
  profile: NO_PROFILE,
  account: {
    ...NO_PROFILE,
    unionid: null,
    lastLoginIp: '',
    status: 2,
    statusReason: null,
    statusCode: 'cancelled',
    statusNote: null,
  },
}
