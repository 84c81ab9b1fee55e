import type { SendNoticeRequest } from '@oa/contracts'
import { contentRefused, tooManyRequests, wechatAway } from '../errors/business-error.ts'
import type { Clock } from '../infra/database/clock.ts'
import type { Counter } from '../infra/shared-state/counter.ts'
import type { User } from '../users/user.ts'
import type { Access } from './access.ts'
import type { DepartmentStore } from './departments-sql.ts'
import { findOwn } from './departments-sql.ts'
import type { JudgeText } from './judge-text.ts'
import type { OrgNoticeStore } from './org-notices-sql.ts'

const HOUR_MS = 3_600_000
/** Of one company: each of them reaches everybody. */
const PER_HOUR = 20

type Deps = {
  access: Access
  store: OrgNoticeStore
  departments: Pick<DepartmentStore, 'find'>
  judge: JudgeText
  counter: Counter
  clock: Clock
}

export type OrgNotices = ReturnType<typeof createOrgNotices>

/** What administrators tell the whole company, or some departments. */
export const createOrgNotices = (deps: Deps) => {
  const { access, store, departments, judge, counter, clock } = deps

  return {
    /** Resolves to how many members it reaches; the same request is sent once. */
    async send(user: User, request: SendNoticeRequest, requestId: string): Promise<number> {
      const { id: actorId, org } = await access.inOrg(user, 'sendNotices', request.orgId)
      const text = request.text.trim()
      const key = { orgId: org.id, actorId, drawnId: request.requestId }
      const before = await store.findReach(key)
      if (before !== null) return before
      const departmentIds: number[] = []
      for (const id of request.departmentIds ?? []) {
        const own = await findOwn(departments, org.id, id)
        if (own) departmentIds.push(own)
      }
      const { current, ttl } = await counter.increment(`notices:${org.publicId}`, HOUR_MS)
      if (current > PER_HOUR) throw tooManyRequests('org', ttl)
      // Everybody will read it: while WeChat cannot say, it is not sent.
      const verdict = await judge(user, text)
      if (verdict === 'refused') throw contentRefused('org')
      if (verdict === 'unknown') throw wechatAway()
      return store.send({
        ...key,
        text,
        departmentIds: request.departmentIds === undefined ? null : departmentIds,
        requestId,
        at: new Date(clock.now()),
      })
    },
  }
}
