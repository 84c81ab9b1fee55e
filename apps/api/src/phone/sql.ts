import type { Engine } from '../infra/database/engine.ts'
import { isUniqueViolation } from '../infra/database/failures.ts'
import { UserStatus } from '../users/user.ts'

/**
 * `taken`: the number belongs to another account of the same app that is not closed. `refused`: this
 * account is frozen or closed.
 */
export type BindOutcome = 'bound' | 'taken' | 'refused'

export type PhoneStore = ReturnType<typeof createPhoneStore>

export const createPhoneStore = (engine: Engine) => ({
  /** Takes the number from an account; false when it has none. */
  async unbind(userId: number, at: Date): Promise<boolean> {
    const { count } = await engine.run((client) =>
      client.wxUser.updateMany({
        where: { id: userId, phone: { not: null } },
        data: { phone: null, phoneBoundAt: null, updateTime: at },
      }),
    )
    return count > 0
  },

  /** Gives an active account the number, in place of any other. */
  async bind(userId: number, phone: string, at: Date): Promise<BindOutcome> {
    try {
      const { count } = await engine.run((client) =>
        client.wxUser.updateMany({
          where: { id: userId, status: UserStatus.active },
          data: { phone, phoneBoundAt: at, updateTime: at },
        }),
      )
      return count > 0 ? 'bound' : 'refused'
    } catch (error) {
      if (isUniqueViolation(error)) return 'taken'
      throw error
    }
  },
})
