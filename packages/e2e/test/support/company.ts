import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runApiCommand } from './api-process.ts'
import { APP_ID } from './project.ts'
import type { World } from './world.ts'

interface Member {
  id: string
  name: string
  state: string
  version: number
}

/** A company, as an operator founds it and people use it from other phones. */
export const companyOf = (world: World) => {
  const { api, wechat, stack } = world
  const name = `青禾科技 ${randomUUID().slice(0, 4)}`
  let owner = ''
  const openidOf = async (person: string) => {
    const people = await wechat.people()
    return people.find((one) => one.name === person)?.apps[APP_ID]?.openid ?? ''
  }
  const get = <Data>(path: string, token: string) => api.call<Data>('GET', path, { token })
  const post = <Data>(path: string, token: string, body: object) =>
    api.call<Data>('POST', path, { token, body })
  const orgIdOf = async (token: string) => {
    const { data } = await get<{ memberships: { orgId: string }[] }>('/wx/org/mine', token)
    return data.memberships[0]?.orgId ?? ''
  }
  const members = async () =>
    (await get<{ items: Member[] }>('/wx/admin/members', owner)).data.items
  const find = async (of: string) => {
    const found = (await members()).find((member) => member.name === of)
    if (found === undefined) throw new Error(`the company has no ${of}`)
    return found
  }

  return {
    name,
    /** Founds it for a person who has signed in with that token. */
    async found(person: string, token: string): Promise<string> {
      const key = ['--owner-openid', await openidOf(person), '--owner-name', '陈静']
      await runApiCommand(stack, ['org', 'create', '--name', name, ...key])
      owner = token
      return orgIdOf(token)
    },
    async invite(needsApproval: boolean) {
      const terms = { requestId: randomUUID(), needsApproval, maxUses: 50, days: 7 }
      const { data } = await post<{ path: string; invitation: string }>(
        '/wx/admin/invitations',
        owner,
        terms,
      )
      return data
    },
    join: (token: string, invitation: string, as: string) =>
      post<{ state: string; name: string; memberId: string }>('/wx/org/join', token, {
        invitation,
        name: as,
      }),
    members,
    find,
    colleagues: (token: string) => get<{ items: { name: string }[] }>('/wx/org/members', token),
    async importRoster(lines: readonly string[]) {
      const folder = await mkdtemp(join(tmpdir(), 'oa-e2e-roster-'))
      const csv = join(folder, 'roster.csv')
      await writeFile(csv, ['姓名,手机号,部门,职务', ...lines].join('\n'))
      const orgId = await orgIdOf(owner)
      await runApiCommand(stack, ['member', 'import', '--org', orgId, '--csv', csv])
      await rm(folder, { recursive: true })
    },
    async decide(of: string, accept: boolean, reason?: string) {
      const { data } = await get<{ items: Member[] }>('/wx/admin/join_requests', owner)
      const request = data.items.find((item) => item.name === of)
      const body = { version: request?.version, accept, ...(reason ? { reason } : {}) }
      return post(`/wx/admin/join_requests/${request?.id}/decide`, owner, body)
    },
    async setState(of: string, state: string, reason = '') {
      const { id, version } = await find(of)
      return post(`/wx/admin/members/${id}`, owner, { version, state, reason })
    },
    async setRole(of: string, role: string) {
      const { id, version } = await find(of)
      return post(`/wx/admin/members/${id}`, owner, { version, role })
    },
  }
}
