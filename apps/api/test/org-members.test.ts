import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { orgTools } from './support/org.ts'
import type { TestApi } from './support/start-test-api.ts'
import { startTestApi } from './support/start-test-api.ts'

const STALE = { status: 409, errno: 504 }

describe('the people of a company', () => {
  let api: TestApi
  let org: ReturnType<typeof orgTools>
  beforeAll(async () => {
    api = await startTestApi()
    org = orgTools(api)
  })
  afterAll(() => api.close())

  const newRequest = async (owner: string, changes = {}) => {
    const made = (await org.invite(owner, { needsApproval: true, ...changes })).data
    const { token } = await org.newPerson()
    const { memberId } = (await org.join(token, made.invitation, '王芳')).data
    return { token, memberId, made }
  }
  const find = async (owner: string, id: string) =>
    (await org.allMembers(owner)).data.items.find((member) => member.id === id)

  it('are listed by name, in pages, and found by a part of a name or a title', async () => {
    const { owner } = await org.newOrg()
    const { invitation } = (await org.invite(owner.token)).data
    for (let count = 0; count < 60; count += 1) {
      const { token } = await org.newPerson()
      await org.join(token, invitation, `同事${String(count).padStart(2, '0')}`)
    }

    const first = (await org.members(owner.token)).data
    const second = (await org.members(owner.token, { cursor: first.next ?? '' })).data

    expect([first.items.length, second.items.length, second.next]).toEqual([50, 11, undefined])
    const names = [...first.items, ...second.items].map(({ name }) => name)
    expect(new Set(names).size).toBe(61)
    const colleagues = names.filter((name) => name.startsWith('同事'))
    expect(colleagues).toEqual([...colleagues].sort())
    const search = async (q: string) => (await org.members(owner.token, { q })).data.items.length
    expect(await search('同事5')).toBe(10)
    // What LIKE would take for anything is one character here.
    expect([await search('同事0%'), await search('同事0%1'), await search('%%%%%')]).toEqual([
      10, 0, 0,
    ])
    expect(await org.members(owner.token, { cursor: 'x' })).toMatchObject({ errno: 401 })
    const gone = '01938a5e-7c1d-7000-8000-000000000001'
    expect(await org.members(owner.token, { cursor: gone })).toMatchObject({ errno: 402 })
  }, 60_000)

  it('are listed by what they may: those of a role, or of one that may more', async () => {
    const { owner } = await org.newOrg()
    await org.newMember(owner.token, '普通')
    for (const role of ['organizer', 'admin'] as const) {
      const { memberId } = await org.newMember(owner.token, role)
      await org.change(owner.token, memberId, { version: 1, role })
    }
    const names = async (role: string) =>
      (await org.members(owner.token, { role })).data.items.map(({ name }) => name).sort()

    expect(await names('admin')).toEqual(['admin', '所有者'])
    expect(await names('organizer')).toEqual(['admin', 'organizer', '所有者'])
    expect(await names('member')).toHaveLength(4)
    expect(await org.members(owner.token, { role: 'boss' })).toMatchObject({ errno: 401 })
  })

  it('show administrators more than they show each other', async () => {
    const { owner } = await org.newOrg()
    const member = await org.newMember(owner.token)
    await newRequest(owner.token)

    const seen = (await org.members(member.token)).data.items
    expect(seen).toHaveLength(2)
    expect(Object.keys(seen[0] ?? {}).sort()).toEqual(
      ['id', 'name', 'title', 'department', 'avatarUrl', 'role'].sort(),
    )
    expect((await org.allMembers(owner.token)).data.items[0]).toMatchObject({ version: 1 })
    expect((await org.allMembers(owner.token, { state: 'pending' })).data.items).toHaveLength(1)
  })

  it('are changed once for each version, and the same change again is no change', async () => {
    const { owner } = await org.newOrg()
    const { memberId } = await org.newMember(owner.token)
    const change = { version: 1, title: '工程师' }

    expect(await org.change(owner.token, memberId, change)).toMatchObject({ data: { version: 2 } })
    expect(await org.change(owner.token, memberId, change)).toMatchObject({ data: { version: 2 } })
    const other = await org.change(owner.token, memberId, { version: 1, title: '经理' })
    expect(other).toMatchObject({ ...STALE, errmsg: '内容已被他人修改，请刷新后再改' })
    expect(await find(owner.token, memberId)).toMatchObject({ title: '工程师', version: 2 })
  })

  it.each(['member', 'organizer', 'admin', 'owner'] as const)(
    'become %s by an owner',
    async (role) => {
      const { owner } = await org.newOrg()
      const { memberId, token } = await org.newMember(owner.token)
      await org.change(owner.token, memberId, { version: 1, role })

      expect((await org.mine(token)).data.memberships).toMatchObject([{ role }])
    },
  )

  it('are never suspended or removed by themselves, and come back when resumed', async () => {
    const { owner } = await org.newOrg()
    const [me] = (await org.allMembers(owner.token)).data.items
    const self = await org.change(owner.token, me?.id ?? '', { version: 1, state: 'left' })
    expect(self).toMatchObject({ errno: 402, errmsg: '不能停用或移除自己，请使用“退出组织”' })

    const { memberId, token } = await org.newMember(owner.token)
    await org.change(owner.token, memberId, { version: 1, state: 'suspended', reason: '调查' })
    expect(
      await org.leave(token, (await org.mine(token)).data.memberships[0]?.orgId ?? ''),
    ).toMatchObject({ errno: 506 })
    await org.change(owner.token, memberId, { version: 2, state: 'active' })
    expect((await org.mine(token)).data.memberships).toMatchObject([
      { state: 'active', reason: null },
    ])
  })

  it('who were removed may be invited again, and are ordinary members then', async () => {
    const { owner, orgId } = await org.newOrg()
    const { memberId, token } = await org.newMember(owner.token)
    await org.change(owner.token, memberId, { version: 1, role: 'admin' })
    await org.change(owner.token, memberId, { version: 2, state: 'left' })
    expect(await org.members(token)).toMatchObject({ errno: 506 })
    const back = await org.change(owner.token, memberId, { version: 3, state: 'active' })
    expect(back).toMatchObject({ errno: 402, errmsg: '成员当前的状态不能这样修改' })

    const { invitation } = (await org.invite(owner.token)).data
    expect((await org.join(token, invitation)).data).toMatchObject({ memberId, role: 'member' })
    expect(await org.leave(token, orgId)).toMatchObject({ errno: 0 })
    expect(await org.leave(token, orgId)).toMatchObject({ errno: 0 })
    expect((await org.mine(token)).data.memberships).toEqual([])
  })

  it('who are the last owner cannot leave', async () => {
    const { owner, orgId } = await org.newOrg()
    expect(await org.leave(owner.token, orgId)).toMatchObject({ status: 409, errno: 725 })
    const { memberId } = await org.newMember(owner.token)
    await org.change(owner.token, memberId, { version: 1, role: 'owner' })
    expect(await org.leave(owner.token, orgId)).toMatchObject({ errno: 0 })
  })

  it('are let in once, by whoever decides first; who decided hears the same again', async () => {
    const { owner } = await org.newOrg()
    const admin = await org.newMember(owner.token)
    await org.change(owner.token, admin.memberId, { version: 1, role: 'admin' })
    const { memberId, token } = await newRequest(owner.token)
    const decision = { version: 1, accept: false, reason: '请用真实姓名' }

    expect(await org.decide(admin.token, memberId, decision)).toMatchObject({ errno: 0 })
    expect(await org.decide(admin.token, memberId, decision)).toMatchObject({ errno: 0 })
    const other = await org.decide(owner.token, memberId, { version: 1, accept: true })
    expect(other).toMatchObject(STALE)
    expect((await org.mine(token)).data.memberships).toMatchObject([
      { state: 'refused', reason: '请用真实姓名' },
    ])
  })

  it('give their place back when they are refused, or withdraw', async () => {
    const { owner, orgId } = await org.newOrg()
    const { memberId, token, made } = await newRequest(owner.token, { maxUses: 1 })
    const someone = (await org.newPerson()).token
    expect(await org.join(someone, made.invitation)).toMatchObject({ errno: 724 })

    await org.decide(owner.token, memberId, { version: 1, accept: false })
    expect(await org.join(someone, made.invitation)).toMatchObject({ errno: 0 })
    expect(await org.leave(someone, orgId)).toMatchObject({ errno: 0 })
    expect((await org.join(token, made.invitation, '王芳芳')).data).toMatchObject({
      memberId,
      name: '王芳芳',
      state: 'pending',
      reason: null,
    })
  })

  it('are accepted under the name and into the department that the administrator says', async () => {
    const { owner } = await org.newOrg()
    const departmentId = (await org.addDepartment(owner.token, '研发部')).data.id
    const { memberId } = await newRequest(owner.token)
    const accepted = { version: 1, accept: true, name: '王芳', departmentId }
    await org.decide(owner.token, memberId, accepted)

    expect(await find(owner.token, memberId)).toMatchObject({
      name: '王芳',
      department: { id: departmentId, name: '研发部' },
    })
    const { departments } = (await org.departments(owner.token)).data
    expect(departments).toMatchObject([{ name: '研发部', people: 1 }])
  })

  it('belong to no department of another company, and to none when theirs is removed', async () => {
    const { owner } = await org.newOrg()
    const elsewhere = (await org.newOrg()).owner
    const foreign = (await org.addDepartment(elsewhere.token, '研发部')).data.id
    const own = (await org.addDepartment(owner.token, '研发部')).data
    const { memberId } = await org.newMember(owner.token)
    const move = (departmentId: string) =>
      org.change(owner.token, memberId, { version: 1, departmentId })

    expect(await move(foreign)).toMatchObject({ errno: 402, errmsg: '参数错误：没有这个部门' })
    expect(await move(own.id)).toMatchObject({ errno: 0 })
    // Added again, as after a lost answer, it is the same.
    expect((await org.addDepartment(owner.token, '研发部')).data).toEqual(own)
    const path = `/wx/admin/departments/${own.id}`
    expect(await api.call(path, { method: 'DELETE', token: owner.token })).toMatchObject({
      errno: 0,
    })
    expect(await find(owner.token, memberId)).toMatchObject({ department: null })
  })

  it('find two departments in their order, of which none can take the name of another', async () => {
    const { owner } = await org.newOrg()
    const one = (await org.addDepartment(owner.token, '财务部', 2)).data
    await org.addDepartment(owner.token, '研发部', 1)
    const names = (await org.departments(owner.token)).data.departments.map(({ name }) => name)
    expect(names).toEqual(['研发部', '财务部'])
    const rename = (version: number, name: string) =>
      api.call(`/wx/admin/departments/${one.id}`, {
        method: 'POST',
        token: owner.token,
        body: { version, name },
      })
    expect(await rename(1, '研发部')).toMatchObject({ errno: 402 })
    expect(await rename(1, '资金部')).toMatchObject({ errno: 0, data: { version: 2 } })
    expect(await rename(1, '审计部')).toMatchObject(STALE)
  })

  it('follow rules that an administrator changes, with a record of who did what', async () => {
    const { owner } = await org.newOrg()
    const policy = (body?: object) =>
      api.call('/wx/admin/policy', {
        token: owner.token,
        ...(body === undefined ? {} : { method: 'POST', body }),
      })
    expect((await policy()).data).toMatchObject({ approval: 'none', remindMin: 15, version: 1 })
    const change = { version: 1, approval: 'all', remindMin: 30 }
    expect((await policy(change)).data).toMatchObject({ approval: 'all', version: 2 })
    expect((await policy(change)).data).toMatchObject({ approval: 'all', version: 2 })
    expect(await policy({ version: 1, remindMin: 10 })).toMatchObject(STALE)

    const { memberId } = await org.newMember(owner.token, '李明')
    await org.change(owner.token, memberId, { version: 1, name: '李小明', role: 'admin' })
    const record = await api.call<{ items: object[] }>('/wx/admin/audit', { token: owner.token })
    expect(record.data.items).toMatchObject([
      {
        kind: 'member_changed',
        actor: '所有者',
        subject: memberId,
        about: '李小明',
        detail: 'name role',
      },
      { kind: 'entered', actor: '李小明', subject: memberId },
      { kind: 'invited', actor: '所有者' },
      { kind: 'policy_changed', detail: 'approval remindMin' },
      { kind: 'founded', actor: null },
    ])
  })
})
