import { badValue } from '../errors/business-error.ts'
import type { Engine } from '../infra/database/engine.ts'
import { MemberStatus } from '../org/membership.ts'

/** More are not written in one transaction. */
export const MAX_ELECTORS = 2_000

type Named = {
  memberIds?: readonly string[] | undefined
  departmentIds?: readonly string[] | undefined
}

export type ElectorResolver = ReturnType<typeof createElectorResolver>

/** Finds the members whom requests name, by themselves or by their departments. */
export const createElectorResolver = (engine: Engine) => ({
  /** Rejects when one is not of that company, or not active. */
  async resolve(orgId: number, { memberIds = [], departmentIds = [] }: Named): Promise<number[]> {
    const status = MemberStatus.active
    const [members, departments] = await engine.run((client) =>
      Promise.all([
        client.orgMember.findMany({
          where: { orgId, status, publicId: { in: [...memberIds] } },
          select: { id: true },
        }),
        client.department.findMany({
          where: { orgId, publicId: { in: [...departmentIds] } },
          select: { id: true },
        }),
      ]),
    )
    if (members.length !== memberIds.length) throw badValue('electors')
    if (departments.length !== departmentIds.length) throw badValue('department')
    const among = await engine.run((client) =>
      client.orgMember.findMany({
        where: { orgId, status, departmentId: { in: departments.map(({ id }) => id) } },
        select: { id: true },
        take: MAX_ELECTORS + 1,
      }),
    )
    const all = [...new Set([...members, ...among].map(({ id }) => id))]
    if (all.length === 0) throw badValue('electors')
    if (all.length > MAX_ELECTORS) throw badValue('tooManyElectors')
    return all
  },
})
