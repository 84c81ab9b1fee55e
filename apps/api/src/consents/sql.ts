import type { Engine, Transaction } from '../infra/database/engine.ts'
import { UserStatus } from '../users/user.ts'

export type Consent = { templateId: string; left: number }
/** One consent of one user. */
export type ConsentKey = { userId: number; templateId: string }
/** What a push or a report changes; `pushId` null is a report of the client. */
export type ConsentChange = {
  userId: number
  pushId: string | null
  templateIds: readonly string[]
  at: Date
}

export type ConsentStore = ReturnType<typeof createConsentStore>

/**
 * Counts consents. Whatever comes from outside holds the user's row until the end of its transaction,
 * so that changes of one user come one after the other, and none after the account was closed.
 */
export const createConsentStore = (engine: Engine) => {
  /** False when nothing is to be done: the push was counted, or the account is closed. */
  const once = (
    { userId, pushId, at }: ConsentChange,
    work: (tx: Transaction) => Promise<void>,
  ): Promise<boolean> =>
    engine.transact(async (tx) => {
      if (!(await lockUser(tx, userId))) return false
      if (pushId !== null) {
        if ((await tx.consentPush.findUnique({ where: { id: pushId } })) !== null) return false
        await tx.consentPush.create({ data: { id: pushId, countedAt: at } })
      }
      await work(tx)
      return true
    })

  return {
    async list(userId: number): Promise<Consent[]> {
      const rows = await engine.run((client) =>
        client.messageConsent.findMany({
          where: { userId },
          select: { templateId: true, credit: true },
        }),
      )
      return rows.map(({ templateId, credit }) => ({ templateId, left: credit }))
    },

    /** One more message of each template, up to `max`. */
    add: (change: ConsentChange, max: number) =>
      once(change, async (tx) => {
        const { userId, templateIds, at: changedAt } = change
        for (const templateId of templateIds) {
          const where = { userId, templateId }
          const { count } = await tx.messageConsent.updateMany({
            where: { ...where, credit: { lt: max } },
            data: { credit: { increment: 1 }, changedAt },
          })
          const isNew = count === 0 && (await tx.messageConsent.count({ where })) === 0
          if (isNew) await tx.messageConsent.create({ data: { ...where, credit: 1, changedAt } })
        }
      }),

    /** No more messages of these templates. */
    refuse: (change: ConsentChange) =>
      once(change, async (tx) => {
        const { userId, templateIds, at: changedAt } = change
        await tx.messageConsent.updateMany({
          where: { userId, templateId: { in: [...templateIds] } },
          data: { credit: 0, changedAt },
        })
      }),

    /** WeChat has dealt with messages: those of other senders spend a consent now, ours did before. */
    report: (change: ConsentChange) =>
      once(change, async (tx) => {
        const { userId, templateIds, at: changedAt } = change
        for (const templateId of templateIds) {
          const { count } = await tx.messageConsent.updateMany({
            where: { userId, templateId, unreported: { gt: 0 } },
            data: { unreported: { decrement: 1 } },
          })
          if (count > 0) continue
          await tx.messageConsent.updateMany({
            where: { userId, templateId, credit: { gt: 0 } },
            data: { credit: { decrement: 1 }, changedAt },
          })
        }
      }),

    /** Takes one consent, in one statement; false when there is none. */
    spend: (key: ConsentKey, at: Date): Promise<boolean> =>
      engine.run((client) => spendConsent(client, key, at)),

    /** WeChat did not take the message that a consent was spent for. */
    giveBack: (key: ConsentKey): Promise<void> =>
      engine.run((client) => giveConsentBack(client, key)),

    /** WeChat knows of no consent, whatever was counted here. */
    none: (key: ConsentKey, at: Date): Promise<void> =>
      engine.run((client) => clearConsent(client, key, at)),

    /** Forgets pushes that WeChat will not deliver again; resolves to how many. */
    async forgetPushes(before: Date, limit: number): Promise<number> {
      const old = await engine.run((client) =>
        client.consentPush.findMany({
          where: { countedAt: { lt: before } },
          take: limit,
          select: { id: true },
        }),
      )
      const { count } = await engine.run((client) =>
        client.consentPush.deleteMany({ where: { id: { in: old.map(({ id }) => id) } } }),
      )
      return count
    },
  }
}

type Consents = Pick<Transaction, 'messageConsent'>

export const spendConsent = async (tx: Consents, key: ConsentKey, at: Date): Promise<boolean> => {
  const { count } = await tx.messageConsent.updateMany({
    where: { ...key, credit: { gt: 0 } },
    data: { credit: { decrement: 1 }, unreported: { increment: 1 }, changedAt: at },
  })
  return count > 0
}

export const giveConsentBack = async (tx: Consents, key: ConsentKey): Promise<void> => {
  await tx.messageConsent.updateMany({
    where: { ...key, unreported: { gt: 0 } },
    data: { credit: { increment: 1 }, unreported: { decrement: 1 } },
  })
}

export const clearConsent = async (tx: Consents, key: ConsentKey, at: Date): Promise<void> => {
  await tx.messageConsent.updateMany({
    where: key,
    data: { credit: 0, unreported: 0, changedAt: at },
  })
}

/** The update changes nothing, but holds the row as a sign-in and a closing do. */
const lockUser = async (tx: Transaction, userId: number): Promise<boolean> => {
  const { count } = await tx.wxUser.updateMany({
    where: { id: userId, status: { not: UserStatus.closed } },
    data: { userLevel: { increment: 0 } },
  })
  return count > 0
}
