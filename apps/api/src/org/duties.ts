import type { Transaction } from '../infra/database/engine.ts'

/** What ties a member to things to come, which this feature does not know. */
export type Duties = {
  /** Whether somebody else has to take over before the member can go. */
  areOpen(tx: Transaction, memberId: number, at: Date): Promise<boolean>
  /** Takes the member out of what is to come. */
  withdraw(tx: Transaction, memberId: number, at: Date): Promise<void>
}

/** Of several features, in their order. */
export const joinDuties = (...all: readonly Duties[]): Duties => ({
  async areOpen(tx, memberId, at) {
    for (const duties of all) {
      if (await duties.areOpen(tx, memberId, at)) return true
    }
    return false
  },
  async withdraw(tx, memberId, at) {
    for (const duties of all) await duties.withdraw(tx, memberId, at)
  },
})
