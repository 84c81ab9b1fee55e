import type { Engine } from '../infra/database/engine.ts'
import { addEvent } from './event.ts'
import { idsIn, nameSubjects } from './subjects-sql.ts'

export type PolicyChange = {
  approval?: number
  memberMayConvene?: boolean
  lateAfterMin?: number
  checkInOpensMin?: number
  remindMin?: number
}

export type SettingsStore = ReturnType<typeof createSettingsStore>

/** The rules of a company, and the record of what was changed in it. */
export const createSettingsStore = (engine: Engine) => ({
  read: (orgId: number) =>
    engine.run((client) => client.org.findUniqueOrThrow({ where: { id: orgId } })),

  /** False when somebody else was first. */
  change: (
    { id, publicId }: { id: number; publicId: string },
    { version, change }: { version: number; change: PolicyChange },
    { actorId, requestId, at }: { actorId: number; requestId: string; at: Date },
  ): Promise<boolean> =>
    engine.transact(async (tx) => {
      const { count } = await tx.org.updateMany({
        where: { id, version },
        data: { ...change, version: { increment: 1 } },
      })
      if (count === 0) return false
      await addEvent(tx, {
        orgId: id,
        actorId,
        kind: 'policy_changed',
        subject: publicId,
        detail: Object.keys(change).sort().join(' '),
        requestId,
        at,
      })
      return true
    }),

  /** The newest first, with the names of who acted and of what they acted on. */
  async listEvents(
    orgId: number,
    { subject, before, limit }: { subject?: string | undefined; before?: Date; limit: number },
  ) {
    return engine.run(async (client) => {
      const events = await client.auditEvent.findMany({
        where: {
          orgId,
          ...(subject === undefined ? {} : { subject }),
          ...(before === undefined ? {} : { at: { lt: before } }),
        },
        orderBy: [{ at: 'desc' }, { id: 'desc' }],
        take: limit,
      })
      const actors = await client.orgMember.findMany({
        where: { id: { in: events.flatMap(({ actorId }) => actorId ?? []) } },
        select: { id: true, name: true },
      })
      const called = await nameSubjects(client, orgId, events.flatMap(idsIn))
      const names = new Map(actors.map(({ id, name }) => [id, name]))
      return events.map((event) => ({
        ...event,
        actor: names.get(event.actorId ?? 0) ?? null,
        about: idsIn(event)
          .flatMap((id) => called.get(id) ?? [])
          .join(' · '),
      }))
    })
  },
})
