import type { Engine } from '../infra/database/engine.ts'
import { UserStatus } from '../users/user.ts'
import type { NewDevice } from './new-device.ts'
import { deviceKeyOf } from './new-device.ts'
import type { Session } from './session.ts'

const MAX_LISTED = 20

export type NewDeviceStore = ReturnType<typeof createNewDeviceStore>

export const createNewDeviceStore = (engine: Engine) => ({
  /**
   * Whether the session is the first one that is remembered on its device, of a user who was signed in
   * before: who comes back after everything was forgotten has no device that could be told.
   */
  async isNew({ id, userId, deviceId, userAgent, createdAt }: Session): Promise<boolean> {
    const earlier = {
      userId,
      OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: id } }],
    }
    const sameDevice = deviceId === null ? { deviceId, userAgent } : { deviceId }
    // None was live when this one was written, so any before it was over. One that was not, was written
    // later by another node, whatever its time says: it does not make the device known.
    const over = { lte: createdAt }
    const wasOver = {
      userId,
      OR: [{ endedAt: over }, { idleExpiresAt: over }, { absoluteExpiresAt: over }],
    }
    const [here, anywhere] = await Promise.all(
      [{ ...wasOver, ...sameDevice }, earlier].map((where) =>
        engine.run((client) => client.wxSession.findFirst({ where, select: { id: true } })),
      ),
    )
    return here === null && anywhere !== null
  },

  /** False when it is noted already, or the account was closed meanwhile. */
  note: (session: Session): Promise<boolean> =>
    engine.transact(async (tx) => {
      const { userId, deviceName, ip, createdAt: at } = session
      const deviceKey = deviceKeyOf(session)
      // Changes nothing, but holds the row as a closing does.
      const { count } = await tx.wxUser.updateMany({
        where: { id: userId, status: UserStatus.active },
        data: { userLevel: { increment: 0 } },
      })
      if (count === 0 || (await tx.newDevice.count({ where: { userId, deviceKey } })) > 0) {
        return false
      }
      await tx.newDevice.create({ data: { userId, deviceKey, deviceName, ip, at } })
      return true
    }),

  /** The newest first. */
  async list(userId: number): Promise<NewDevice[]> {
    const rows = await engine.run((client) =>
      client.newDevice.findMany({ where: { userId }, orderBy: { at: 'desc' }, take: MAX_LISTED }),
    )
    return rows.map(({ deviceKey, deviceName, ip, at, hidden }) => ({
      key: deviceKey,
      name: deviceName,
      ip,
      at,
      hidden,
    }))
  },

  /** Shows these to no device any more. */
  remove: (userId: number, keys: readonly string[]) =>
    engine.run((client) => client.newDevice.deleteMany({ where: theseOf(userId, keys) })),

  /** Shows these to known devices only. */
  hide: (userId: number, keys: readonly string[]) =>
    engine.run((client) =>
      client.newDevice.updateMany({ where: theseOf(userId, keys), data: { hidden: true } }),
    ),

  /** Removes at most `limit` that nobody has looked at since `before`; resolves to how many. */
  async removeOld(before: Date, limit: number): Promise<number> {
    const old = await engine.run((client) =>
      client.newDevice.findMany({
        where: { at: { lt: before } },
        take: limit,
        select: { userId: true, deviceKey: true },
      }),
    )
    let removed = 0
    for (const { userId, deviceKey } of old) {
      const where = { userId, deviceKey, at: { lt: before } }
      removed += (await engine.run((client) => client.newDevice.deleteMany({ where }))).count
    }
    return removed
  },
})

const theseOf = (userId: number, keys: readonly string[]) => ({
  userId,
  deviceKey: { in: [...keys] },
})
