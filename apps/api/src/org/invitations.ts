import type { MakeInvitationRequest } from '@oa/contracts'
import { WeChatError } from '@oa/wechat'
import { invitationInvalid, tooManyRequests } from '../errors/business-error.ts'
import { toBusinessError } from '../errors/wechat-errors.ts'
import type { Clock } from '../infra/database/clock.ts'
import type { Counter } from '../infra/shared-state/counter.ts'
import type { WeChat } from '../infra/wechat/wechat.ts'
import type { User } from '../users/user.ts'
import type { Access } from './access.ts'
import type { DepartmentStore } from './departments-sql.ts'
import { findOwn } from './departments-sql.ts'
import { whyOver } from './invitation.ts'
import type { InvitationTokens } from './invitation-token.ts'
import { hashOfToken, JOIN_PAGE, joinPath, joinScene } from './invitation-token.ts'
import type { InvitationStore } from './invitations-sql.ts'
import type { NewId } from './rows.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const PER_HOUR = 60

type Deps = {
  access: Access
  store: InvitationStore
  departments: Pick<DepartmentStore, 'find'>
  tokens: InvitationTokens
  wechats: { of(appId: string): Pick<WeChat, 'drawCode'> }
  counter: Counter
  clock: Clock
  newId: NewId
}

export type OrgInvitations = ReturnType<typeof createOrgInvitations>

/** What administrators hand out so that people can come in. */
export const createOrgInvitations = (deps: Deps) => {
  const { access, store, departments, tokens, wechats, counter, clock, newId } = deps

  const count = async ({ id, appId }: User) => {
    const { current, ttl } = await counter.increment(`invite:${appId}:${id}`, HOUR_MS)
    if (current > PER_HOUR) throw tooManyRequests('org', ttl)
  }

  return {
    /** The same request gets the same invitation again. */
    async make(user: User, request: MakeInvitationRequest, requestId: string) {
      const actor = await access.inOrg(user, 'manageInvitations', request.orgId)
      await count(user)
      const departmentId = await findOwn(departments, actor.org.id, request.departmentId)
      const token = tokens.draw(actor.publicId, request.requestId)
      const now = clock.now()
      const { publicId, expiresAt } = await store.add(
        {
          publicId: newId(),
          orgId: actor.org.id,
          tokenHash: hashOfToken(token),
          departmentId: departmentId ?? null,
          needsApproval: request.needsApproval,
          maxUses: request.maxUses,
          expiresAt: new Date(now + request.days * DAY_MS),
          createdBy: actor.id,
          createdAt: new Date(now),
        },
        requestId,
      )
      return { id: publicId, invitation: token, path: joinPath(token), expiresAt }
    },

    async list(user: User, orgId?: string) {
      const actor = await access.inOrg(user, 'manageInvitations', orgId)
      const rows = await store.list(actor.org.id)
      const names = await store.namesOf(rows.map(({ createdBy }) => createdBy))
      return rows.map((row) => ({
        ...row,
        createdBy: row.createdBy === null ? null : (names.get(row.createdBy) ?? null),
        over: whyOver(row, clock.now()),
      }))
    },

    async revoke(user: User, id: string, requestId: string): Promise<void> {
      const { item, actor } = await access.ofItem(user, 'manageInvitations', (things) =>
        things.findInvitation(user.id, id),
      )
      await store.revoke(item, { actorId: actor.id, requestId, at: new Date(clock.now()) })
    },

    /** WeChat's picture of the code that opens the page of the invitation; `token` is what was handed out. */
    async drawPicture(user: User, id: string, token: string): Promise<string> {
      const { item } = await access.ofItem(user, 'manageInvitations', (things) =>
        things.findInvitation(user.id, id),
      )
      if (item.tokenHash !== hashOfToken(token)) throw invitationInvalid()
      if (whyOver(item, clock.now()) !== null) throw invitationInvalid()
      await count(user)
      const code = { scene: joinScene(token), page: JOIN_PAGE }
      const { drawCode } = wechats.of(user.appId)
      const { contentType, data } = await drawCode(code).catch((error: unknown) => {
        throw error instanceof WeChatError ? toFailure(error) : error
      })
      return `data:${contentType};base64,${data.toString('base64')}`
    },
  }
}

const BUSY_MS = 60_000

const toFailure = (error: WeChatError) =>
  error.reason === 'rate_limited'
    ? tooManyRequests('org', BUSY_MS)
    : toBusinessError('signIn', error)
