import type { Engine } from '../infra/database/engine.ts'
import type { User, UserKey } from './user.ts'
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
})

/** Visible ASCII, as long as the column. WeChat's openids have no other characters. */
const OPENID = /^[\x21-\x7e]{1,64}$/
