import type { UserStatus, UserStore } from '../../ports/users.ts'
import type { Engine } from './engine.ts'
import { endLive } from './sessions.ts'
import { toUser } from './user-row.ts'

const END_REASON = { 1: 'frozen', 2: 'closed' } as const satisfies Record<
  Exclude<UserStatus, 0>,
  string
>

export const createUserStore = (engine: Engine): UserStore => ({
  async find(id) {
    const row = await engine.run((client) => client.wxUser.findUnique({ where: { id } }))
    return row && toUser(row)
  },

  async findByName(name) {
    const where = 'publicId' in name ? name : { appId_openid: name }
    const row = await engine.run((client) => client.wxUser.findUnique({ where }))
    return row && toUser(row)
  },

  setStatus: ({ userId, status, reason, at }) =>
    engine.transact(async (tx) => {
      // Locks the person, as a sign-in does first: whichever comes second sees what the other did.
      await tx.wxUser.updateMany({
        where: { id: userId },
        data: { status, statusReason: reason, updateTime: at },
      })
      return status === 0 ? [] : await endLive(tx, { userId, reason: END_REASON[status], at })
    }),
})
