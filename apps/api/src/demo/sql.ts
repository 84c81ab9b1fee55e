import type { Engine } from '../infra/database/engine.ts'
import { MemberStatus } from '../org/membership.ts'
import { OWNER } from '../org/role.ts'
import type { User } from '../users/user.ts'
import { toUser } from '../users/user-row.ts'

/** A colleague in the demo company; `id` is that of the member. */
export type Colleague = { id: string; user: User; isOwner: boolean }

export type DemoStore = ReturnType<typeof createDemoStore>

export const createDemoStore = (engine: Engine) => ({
  /** Those who can sign in, the first ones first. */
  async listColleagues(orgId: number): Promise<Colleague[]> {
    const rows = await engine.run((client) =>
      client.orgMember.findMany({
        where: { orgId, status: MemberStatus.active },
        include: { user: true },
        orderBy: { id: 'asc' },
      }),
    )
    return rows.flatMap(({ publicId, role, user }) =>
      user === null ? [] : [{ id: publicId, user: toUser(user), isOwner: role === OWNER }],
    )
  },
})
