import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type {
  AdminMembersResult,
  DepartmentResult,
  DepartmentsResult,
  InvitationResult,
  InvitationsResult,
  JoinRequestsResult,
  MadeInvitationResult,
  MakeInvitationRequest,
  Membership,
  MembershipsResult,
  MembersResult,
  UpdateMemberRequest,
  VersionResult,
} from '@oa/contracts'
import { uuidv7 } from 'uuidv7'
import type { Stores } from '../../src/core.ts'
import { openConfiguredStores } from '../../src/core.ts'
import { createLogger } from '../../src/infra/logging/logger.ts'
import { createFounding } from '../../src/org/founding.ts'
import { createPhoneLinks } from '../../src/org/phone-link.ts'
import type { Client } from './client.ts'
import { readToken } from './forge-token.ts'
import { runCommand } from './run-command.ts'
import type { TestApi } from './start-test-api.ts'
import { TEST_APP } from './start-test-api.ts'

const INVITATION = { needsApproval: false, maxUses: 200, days: 7 }

/** The routes of companies, as the mini-program calls them. */
export const orgCalls = ({ call }: Pick<Client, 'call'>) => {
  const post = <Data = unknown>(token: string, path: string, body: object) =>
    call<Data>(path, { method: 'POST', token, body })
  const query = (params: Record<string, string | undefined>) => {
    const given = Object.entries(params).filter((pair): pair is [string, string] => {
      return pair[1] !== undefined
    })
    return given.length === 0 ? '' : `?${new URLSearchParams(given)}`
  }
  type Params = Record<string, string>

  return {
    invite: (token: string, changes: Partial<MakeInvitationRequest> = {}) =>
      post<MadeInvitationResult>(token, '/wx/admin/invitations', {
        requestId: randomUUID(),
        ...INVITATION,
        ...changes,
      }),
    show: (invitation: string, token?: string) =>
      call<InvitationResult>(
        `/wx/org/invitation${query({ invitation })}`,
        token === undefined ? {} : { token },
      ),
    join: (token: string, invitation: string, name = '李明') =>
      post<Membership>(token, '/wx/org/join', { invitation, name }),
    mine: (token: string) => call<MembershipsResult>('/wx/org/mine', { token }),
    leave: (token: string, orgId: string) => post(token, '/wx/org/leave', { orgId, confirm: true }),
    members: (token: string, params: Params = {}) =>
      call<MembersResult>(`/wx/org/members${query(params)}`, { token }),
    departments: (token: string, params: Params = {}) =>
      call<DepartmentsResult>(`/wx/org/departments${query(params)}`, { token }),
    addDepartment: (token: string, name: string, sort?: number) =>
      post<DepartmentResult>(token, '/wx/admin/departments', {
        name,
        ...(sort === undefined ? {} : { sort }),
      }),
    invitations: (token: string) => call<InvitationsResult>('/wx/admin/invitations', { token }),
    revoke: (token: string, id: string) =>
      call(`/wx/admin/invitations/${id}`, { method: 'DELETE', token }),
    code: (token: string, id: string, invitation: string) =>
      post<{ picture: string }>(token, `/wx/admin/invitations/${id}/code`, { invitation }),
    requests: (token: string, params: Params = {}) =>
      call<JoinRequestsResult>(`/wx/admin/join_requests${query(params)}`, { token }),
    decide: (token: string, id: string, body: object) =>
      post<VersionResult>(token, `/wx/admin/join_requests/${id}/decide`, body),
    allMembers: (token: string, params: Params = {}) =>
      call<AdminMembersResult>(`/wx/admin/members${query(params)}`, { token }),
    change: (token: string, id: string, body: UpdateMemberRequest) =>
      post<VersionResult>(token, `/wx/admin/members/${id}`, body),
  }
}

type Founded = Pick<TestApi, 'config'> & { stores?: Stores }

/**
 * Founds a company as `cli.js org create` does, in this process, over the connection of the API where that
 * is in this process too; resolves to its id.
 */
export const foundOrg = async (api: Founded, openid: string, name: string): Promise<string> => {
  const stores = api.stores ?? (await openConfiguredStores(api.config, createLogger(QUIET)))
  try {
    const founding = createFounding({
      appId: TEST_APP.appid,
      store: stores.orgs.founding,
      phoneLinks: createPhoneLinks(api.config.sessionKeys),
      clock: stores.clock,
      newId: uuidv7,
    })
    return (await founding.create(name, { openid }, '所有者')).publicId
  } finally {
    if (stores !== api.stores) await stores.close()
  }
}

/** Companies with people, in a test API. */
export const orgTools = (api: TestApi) => {
  const calls = orgCalls(api)
  let people = 0
  const open = new Map<string, string>()

  const newPerson = async (phone?: string) => {
    people += 1
    const person = `org-${people}-${randomUUID().slice(0, 8)}`
    if (phone !== undefined) {
      await api.simulator.control.createPerson({ name: person, phone })
      return { person, token: (await api.signIn(person)).token }
    }
    // The simulator creates whom it does not know, which saves two requests for each of many people.
    const { errno, text, data } = await api.login({ code: `e2e-${person}` })
    if (errno !== 0) throw new Error(`${person} could not sign in: ${text}`)
    return { person, token: data.token }
  }

  return {
    ...calls,
    newPerson,
    /** Runs the operator's command line in this process. */
    cli: (...args: string[]) => runCommand(api.env, args),
    /** A company with its owner. */
    async newOrg(name = `公司${randomUUID().slice(0, 8)}`) {
      const owner = await newPerson()
      const publicId = String(readToken(owner.token).payload.sub)
      const user = await api.stores.users.findByKey({ publicId })
      const orgId = await foundOrg(api, user?.openid ?? '', name)
      return { orgId, name, owner }
    },
    /** Somebody new who joins at once by an invitation of this administrator. */
    async newMember(adminToken: string, name = '李明') {
      const known = open.get(adminToken)
      const invitation =
        known ?? (await calls.invite(adminToken, { maxUses: 1_000 })).data.invitation
      open.set(adminToken, invitation)
      const somebody = await newPerson()
      const joined = await calls.join(somebody.token, invitation, name)
      if (joined.errno !== 0) throw new Error(`${name} could not join: ${joined.text}`)
      return { ...somebody, ...joined.data }
    },
    /** Writes a roster file; resolves to its path. */
    async writeRoster(lines: readonly string[]) {
      const path = join(api.folder, `roster-${randomUUID()}.csv`)
      await writeFile(path, `姓名,手机号,部门,职务\n${lines.join('\n')}\n`)
      return path
    },
  }
}

const QUIET = { level: 'error', readable: false } as const
