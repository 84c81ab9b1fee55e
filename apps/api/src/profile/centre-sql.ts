import type { Engine } from '../infra/database/engine.ts'

export type CentreStore = ReturnType<typeof createCentreStore>

/** The number as it was bound, the level, and what WeChat refused after it was saved. */
export type Centre = { phone: string | null; userLevel: number; profileNotice: string | null }

export const createCentreStore = (engine: Engine) => ({
  /** What the personal centre shows beyond the user record. */
  async find(userId: number): Promise<Centre> {
    const row = await engine.run((client) =>
      client.wxUser.findUnique({
        where: { id: userId },
        select: { phone: true, userLevel: true, profileNotice: true },
      }),
    )
    return row ?? { phone: null, userLevel: 0, profileNotice: null }
  },
})
