import type { Engine } from '../infra/database/engine.ts'

export type CentreStore = ReturnType<typeof createCentreStore>

export const createCentreStore = (engine: Engine) => ({
  /** What the personal centre shows beyond the user record: the number as it was bound, and the level. */
  async find(userId: number): Promise<{ phone: string | null; userLevel: number }> {
    const row = await engine.run((client) =>
      client.wxUser.findUnique({
        where: { id: userId },
        select: { phone: true, userLevel: true },
      }),
    )
    return { phone: row?.phone ?? null, userLevel: row?.userLevel ?? 0 }
  },
})
