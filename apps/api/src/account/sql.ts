import { randomUUID } from 'node:crypto'
import type { Engine, Transaction } from '../infra/database/engine.ts'
import { forgetWords } from '../meetings/leaving-sql.ts'
import { endMemberships, LastOwnerMissing } from '../org/closing-sql.ts'
import { liveAt } from '../sessions/session-row.ts'
import { endedFields, endLiveSessions } from '../sessions/sql.ts'
import { UserStatus } from '../users/user.ts'
import { voteDuties } from '../votes/strike-sql.ts'
import type { ErasureScope } from './erasure.ts'
import {
  closedFields,
  ERASED_FIELDS,
  ERASURE_END_REASON,
  tombstoneOf,
  UNTRACED_SESSION,
} from './erasure.ts'
import type { StatusChange } from './status-change.ts'

export type Closing = { userId: number; sessionId: string; at: Date }
export type Erasing = { userId: number; scope: ErasureScope; nickName: string; at: Date }

export type AccountStore = ReturnType<typeof createAccountStore>

/** Every method is one transaction and resolves to the sessions of which nodes must not trust what they know. */
export const createAccountStore = (engine: Engine) => ({
  /** No order of a sign-in and a freeze leaves a live session behind. Null when the account is closed. */
  setStatus: (userId: number, { fields, endReason }: StatusChange, at: Date) =>
    engine.transact(async (tx): Promise<string[] | null> => {
      // Locks the user, as a sign-in does first: whichever comes second sees what the other did.
      const { count } = await tx.wxUser.updateMany({
        where: { id: userId, status: { not: UserStatus.closed } },
        data: { ...fields, updateTime: at },
      })
      if (count === 0) return null
      return endReason === null ? [] : await endLiveSessions(tx, { userId, reason: endReason, at })
    }),

  async erase(erasing: Erasing): Promise<string[]> {
    const ids = await engine.transact((tx) => erase(tx, erasing))
    await engine.eraseTraces()
    return ids
  },

  /**
   * Closes an active account for good: the row identifies no user any more, every session ends and keeps
   * nothing of where it was used. Null when the account is frozen or closed; rejects with
   * `LastOwnerMissing` when a company would be left without an owner.
   */
  async close(closing: Closing): Promise<string[] | null> {
    const ids = await engine.transact((tx) => close(tx, closing))
    if (ids !== null) await engine.eraseTraces()
    return ids
  },
})

const erase = async (tx: Transaction, { userId, scope, nickName, at }: Erasing) => {
  // Comes first: it locks the user, and SQLite cannot turn a reading transaction into a writing one.
  await tx.wxUser.updateMany({
    where: { id: userId },
    data: { ...ERASED_FIELDS[scope], nickName, updateTime: at },
  })
  await erasePictures(tx, userId, at)
  if (scope === 'account') await eraseConsents(tx, userId)
  // WeChat's word is final: a company that loses its last owner so is given another by an operator.
  if (scope === 'account') await endEverywhere(tx, userId, at)
  const reason = ERASURE_END_REASON[scope]
  if (reason !== null) return endLiveSessions(tx, { userId, reason, at })
  const live = await tx.wxSession.findMany({
    where: { userId, ...liveAt(at) },
    select: { id: true },
  })
  return live.map(({ id }) => id)
}

const close = async (tx: Transaction, { userId, sessionId, at }: Closing) => {
  // Comes first: it locks the user, as a sign-in does, and whichever is second sees what the other did.
  const { count } = await tx.wxUser.updateMany({
    where: { id: userId, status: UserStatus.active },
    data: { ...closedFields(tombstoneOf(randomUUID())), updateTime: at },
  })
  if (count === 0) return null
  const ownerless = await endEverywhere(tx, userId, at)
  if (ownerless.length > 0) throw new LastOwnerMissing()

  await erasePictures(tx, userId, at)
  await eraseConsents(tx, userId)
  await tx.wxSession.updateMany({
    where: { userId, endedAt: null },
    data: endedFields('left_elsewhere', at),
  })
  // Also those that were over: each would tell from where and on what the user once signed in.
  await tx.wxSession.updateMany({
    where: { userId },
    data: { ...UNTRACED_SESSION, endedReason: 'left_elsewhere' },
  })
  await tx.wxSession.updateMany({ where: { id: sessionId, userId }, data: { endedReason: 'left' } })
  const ended = await tx.wxSession.findMany({
    where: { userId, endedAt: at },
    select: { id: true },
  })
  return ended.map(({ id }) => id)
}

/** Resolves to the companies that would be left without an owner. */
const endEverywhere = async (tx: Transaction, userId: number, at: Date): Promise<number[]> => {
  const ownerless = await endMemberships(tx, userId, at)
  const members = await tx.orgMember.findMany({ where: { userId }, select: { id: true } })
  const ids = members.map(({ id }) => id)
  await forgetWords(tx, ids, at)
  for (const id of ids) await voteDuties.withdraw(tx, id, at)
  return ownerless
}

/** Files cannot be removed in a transaction: the sweep finds them by this. */
const erasePictures = async (tx: Transaction, userId: number, at: Date) => {
  await tx.picture.updateMany({ where: { userId, expiresAt: null }, data: { expiresAt: at } })
  await tx.contentCheck.deleteMany({ where: { userId } })
}

const eraseConsents = async (tx: Transaction, userId: number) => {
  await tx.agreement.deleteMany({ where: { userId } })
  await tx.messageConsent.deleteMany({ where: { userId } })
  await tx.newDevice.deleteMany({ where: { userId } })
}
