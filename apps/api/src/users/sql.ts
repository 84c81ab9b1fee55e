import { forgetPerson, NO_PHONE } from '../account/forget-person-sql.ts'
import type { Engine } from '../infra/database/engine.ts'
import { endLive } from '../sessions/sql.ts'
import type { UserStatus, UserStore } from './user.ts'
import { toUser } from './user-row.ts'

const CLOSED = 2
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
    // MySQL cannot compare with the first kind at all, and takes trailing spaces for none.
    if ('openid' in name && !OPENID.test(name.openid)) return null
    const where = 'publicId' in name ? name : { appId_openid: name }
    const row = await engine.run((client) => client.wxUser.findUnique({ where }))
    return row && toUser(row)
  },

  async bindPhone({ userId, phone, at }) {
    try {
      const { count } = await engine.run((client) =>
        client.wxUser.updateMany({
          where: { id: userId, status: 0 },
          data: { phone, phoneBoundAt: at, updateTime: at },
        }),
      )
      return count > 0 ? 'bound' : 'refused'
    } catch (error) {
      if (isDuplicate(error)) return 'taken'
      throw error
    }
  },

  async findPhone(userId) {
    const row = await engine.run((client) =>
      client.wxUser.findUnique({ where: { id: userId }, select: { phone: true } }),
    )
    return row?.phone ?? null
  },

  async forget(forgetting) {
    const ids = await engine.transact((tx) => forgetPerson(tx, forgetting))
    await engine.eraseTraces()
    return ids
  },

  setStatus: ({ userId, status, reason, code = null, note = null, at }) =>
    engine.transact(async (tx) => {
      // Locks the person, as a sign-in does first: whichever comes second sees what the other did.
      const { count } = await tx.wxUser.updateMany({
        where: { id: userId, status: { not: CLOSED } },
        data: {
          ...{ status, statusReason: reason, statusCode: code, statusNote: note, updateTime: at },
          ...(status === CLOSED ? NO_PHONE : {}),
        },
      })
      if (count === 0) return null
      return status === 0 ? [] : await endLive(tx, { userId, reason: END_REASON[status], at })
    }),
})

/** Visible ASCII, as long as its column: nobody has any other. */
const OPENID = /^[\x21-\x7e]{1,64}$/

const isDuplicate = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === 'P2002'
