import { badValue } from '../errors/business-error.ts'
import type { Engine } from '../infra/database/engine.ts'
import { isUniqueViolation } from '../infra/database/failures.ts'
import type { OrgEvent } from './event.ts'
import { addEvent } from './event.ts'
import { MemberStatus } from './membership.ts'

type Stamp = Pick<OrgEvent, 'orgId' | 'actorId' | 'requestId' | 'at'>

export type DepartmentStore = ReturnType<typeof createDepartmentStore>

export const createDepartmentStore = (engine: Engine) => ({
  list: (orgId: number) =>
    engine.run((client) =>
      client.department.findMany({
        where: { orgId },
        include: { _count: { select: { members: { where: { status: MemberStatus.active } } } } },
        orderBy: [{ sort: 'asc' }, { name: 'asc' }],
      }),
    ),

  /** Null when there is none of that id in this company. */
  find: (orgId: number, publicId: string) =>
    engine.run((client) => client.department.findFirst({ where: { orgId, publicId } })),

  /** The one of that name when it is there already. */
  async add(
    department: { publicId: string; orgId: number; name: string; sort: number },
    stamp: Stamp,
  ) {
    const { orgId, name, publicId } = department
    try {
      return await engine.transact(
        async (tx) => {
          const made = await tx.department.create({ data: department })
          await addEvent(tx, { ...stamp, kind: 'department_added', subject: publicId })
          return made
        },
        { attempts: 1 },
      )
    } catch (error) {
      if (!isUniqueViolation(error)) throw error
      return engine.run((client) =>
        client.department.findUniqueOrThrow({ where: { orgId_name: { orgId, name } } }),
      )
    }
  },

  /** `taken`: another department has the name. */
  async update(
    { id, publicId, version }: { id: number; publicId: string; version: number },
    change: { name?: string; sort?: number },
    stamp: Stamp,
  ): Promise<'changed' | 'stale' | 'taken'> {
    try {
      return await engine.transact(
        async (tx) => {
          const { count } = await tx.department.updateMany({
            where: { id, version },
            data: { ...change, version: { increment: 1 } },
          })
          if (count === 0) return 'stale' as const
          await addEvent(tx, { ...stamp, kind: 'department_changed', subject: publicId })
          return 'changed' as const
        },
        { attempts: 1 },
      )
    } catch (error) {
      if (isUniqueViolation(error)) return 'taken'
      throw error
    }
  },

  /** Its people belong to none then. */
  remove: ({ id, publicId }: { id: number; publicId: string }, stamp: Stamp) =>
    engine.transact(async (tx) => {
      await tx.orgInvitation.updateMany({
        where: { departmentId: id },
        data: { departmentId: null },
      })
      await tx.orgMember.updateMany({
        where: { departmentId: id },
        data: { departmentId: null, version: { increment: 1 } },
      })
      const { count } = await tx.department.deleteMany({ where: { id } })
      if (count > 0) await addEvent(tx, { ...stamp, kind: 'department_removed', subject: publicId })
    }),
})

/** The row number of a department that a request names; as absent, or as null, as it was. */
export const findOwn = async (
  store: Pick<DepartmentStore, 'find'>,
  orgId: number,
  publicId: string | null | undefined,
): Promise<number | null | undefined> => {
  if (publicId === undefined || publicId === null) return publicId
  const found = await store.find(orgId, publicId)
  if (found === null) throw badValue('department')
  return found.id
}
