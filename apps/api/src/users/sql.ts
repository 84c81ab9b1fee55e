import type { Engine } from '../infra/database/engine.ts'
import type { User, UserKey } from './user.ts'
import { UserStatus } from './user.ts'
import { toUser } from './user-row.ts'

export type UserStore = ReturnType<typeof createUserStore>

export const createUserStore = (engine: Engine) => ({
  async find(id: number): Promise<User | null> {
    const row = await engine.run((client) => client.wxUser.findUnique({ where: { id } }))
    return row && toUser(row)
  },

  async findByKey(key: UserKey): Promise<User | null> {
    // MySQL cannot compare other characters with this column, and ignores trailing spaces.
    if ('openid' in key && !OPENID.test(key.openid)) return null
    const where = 'publicId' in key ? key : { appId_openid: key }
    const row = await engine.run((client) => client.wxUser.findUnique({ where }))
    return row && toUser(row)
  },

  /** Of an operator's search, the newest sign-in first; closed accounts have neither name nor number. */
  async search(what: { nickName: string } | { phoneTail: string }, limit: number): Promise<User[]> {
    const rows = await engine.run((client) =>
      client.wxUser.findMany({
        where:
          'nickName' in what
            ? { nickName: { contains: what.nickName }, status: { not: UserStatus.closed } }
            : { phone: { endsWith: what.phoneTail } },
        orderBy: { lastLoginTime: 'desc' },
        take: limit,
      }),
    )
    return rows.map(toUser)
  },

  /** What only operators see of an account. */
  account: (id: number) =>
    engine.run((client) =>
      client.wxUser.findUnique({
        where: { id },
        select: { phone: true, phoneBoundAt: true, statusCode: true, statusNote: true },
      }),
    ),

  /** The accounts of one person in all mini-programs of a company, the oldest first. */
  async listByUnionid(unionid: string): Promise<User[]> {
    const rows = await engine.run((client) =>
      client.wxUser.findMany({ where: { unionid }, orderBy: { id: 'asc' } }),
    )
    return rows.filter((row) => row.unionid === unionid).map(toUser)
  },
})

/** Visible ASCII, as long as the column. WeChat's openids have no other characters. */
const OPENID = /^[\x21-\x7e]{1,64}$/
