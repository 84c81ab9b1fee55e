import type { AddDepartmentRequest, UpdateDepartmentRequest } from '@oa/contracts'
import { badValue, contentRefused, staleOrg } from '../errors/business-error.ts'
import type { Clock } from '../infra/database/clock.ts'
import type { User } from '../users/user.ts'
import type { Access } from './access.ts'
import type { DepartmentStore } from './departments-sql.ts'
import type { JudgeText } from './judge-text.ts'
import type { NewId } from './rows.ts'

type Deps = {
  access: Access
  store: DepartmentStore
  judge: JudgeText
  clock: Clock
  newId: NewId
}

export type Departments = ReturnType<typeof createDepartments>

export const createDepartments = ({ access, store, judge, clock, newId }: Deps) => {
  const judgeName = async (user: User, name: string) => {
    if ((await judge(user, name)) === 'refused') throw contentRefused('org')
  }
  const findItem = (user: User, id: string) =>
    access.ofItem(user, 'manageDepartments', (things) => things.findDepartment(user.id, id))

  return {
    async list(user: User, orgId?: string) {
      const actor = await access.inOrg(user, 'readDepartments', orgId)
      const rows = await store.list(actor.org.id)
      return rows.map(({ _count, ...row }) => ({ ...row, people: _count.members }))
    },

    /** The one of that name when it is there already. */
    async add(user: User, { orgId, name, sort = 0 }: AddDepartmentRequest, requestId: string) {
      const actor = await access.inOrg(user, 'manageDepartments', orgId)
      await judgeName(user, name)
      const department = { publicId: newId(), orgId: actor.org.id, name, sort }
      const at = new Date(clock.now())
      return store.add(department, { orgId: actor.org.id, actorId: actor.id, requestId, at })
    },

    async update(
      user: User,
      id: string,
      { version, name, sort }: UpdateDepartmentRequest,
      requestId: string,
    ): Promise<number> {
      const { item, actor } = await findItem(user, id)
      const change = {
        ...(name === undefined || name === item.name ? {} : { name }),
        ...(sort === undefined || sort === item.sort ? {} : { sort }),
      }
      if (Object.keys(change).length === 0) return item.version
      if (version !== item.version) throw staleOrg()
      if (change.name !== undefined) await judgeName(user, change.name)
      const stamp = { orgId: actor.org.id, actorId: actor.id, requestId, at: new Date(clock.now()) }
      const outcome = await store.update(item, change, stamp)
      if (outcome === 'taken') throw badValue('departmentTaken')
      if (outcome === 'stale') throw staleOrg()
      return item.version + 1
    },

    async remove(user: User, id: string, requestId: string): Promise<void> {
      const { item, actor } = await findItem(user, id)
      const at = new Date(clock.now())
      await store.remove(item, { orgId: actor.org.id, actorId: actor.id, requestId, at })
    },
  }
}
