import type { Engine } from '../infra/database/engine.ts'
import { addEvent, COMMAND_LINE } from './event.ts'
import type { PhoneLink } from './phone-link.ts'

/** What the roster decides about a member. */
export type RosterFields = PhoneLink & { name: string; title: string; departmentId: number | null }

/** A member, as far as a roster is about them. */
export type Known = RosterFields extends infer Fields
  ? { [Key in keyof Fields]: Key extends keyof PhoneLink ? string | null : Fields[Key] } & {
      id: number
      version: number
      status: number
      userId: number | null
      /** The number that is bound to the account. */
      phone: string | null
    }
  : never

export type RosterAction =
  | { line: number; add: RosterFields & { publicId: string; status: number } }
  | { line: number; id: number; version: number; change: Partial<KnownChange> }
type KnownChange = {
  [Key in keyof RosterFields]: Key extends keyof PhoneLink
    ? RosterFields[Key] | null
    : RosterFields[Key]
} & { status: number; joinedAt: Date }

export type RosterStore = ReturnType<typeof createRosterStore>

export const createRosterStore = (engine: Engine) => ({
  listKnown: async (orgId: number): Promise<Known[]> => {
    const rows = await engine.run((client) =>
      client.orgMember.findMany({
        where: { orgId },
        select: {
          id: true,
          version: true,
          status: true,
          userId: true,
          name: true,
          title: true,
          departmentId: true,
          phoneHash: true,
          phoneLast4: true,
          user: { select: { phone: true } },
        },
      }),
    )
    return rows.map(({ user, ...row }) => ({ ...row, phone: user?.phone ?? null }))
  },

  /** Resolves to the lines whose member was changed meanwhile. */
  apply: (orgId: number, actions: readonly RosterAction[]): Promise<number[]> =>
    engine.transact(async (tx) => {
      const missed: number[] = []
      for (const action of actions) {
        if ('add' in action) {
          await tx.orgMember.create({ data: { orgId, ...action.add } })
          continue
        }
        const { count } = await tx.orgMember.updateMany({
          where: { id: action.id, version: action.version },
          data: { ...action.change, version: { increment: 1 } },
        })
        if (count === 0) missed.push(action.line)
      }
      return missed
    }),

  recordImport: (
    { id, publicId }: { id: number; publicId: string },
    detail: string,
    at: Date,
  ): Promise<void> =>
    engine.run((client) =>
      addEvent(client, {
        orgId: id,
        actorId: null,
        kind: 'roster_imported',
        subject: publicId,
        detail,
        requestId: COMMAND_LINE,
        at,
      }),
    ),
})
