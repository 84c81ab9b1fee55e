import { writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { orgTools } from './support/org.ts'
import { ownDataTools } from './support/own-data.ts'
import { phoneTools } from './support/phone.ts'
import type { TestApi } from './support/start-test-api.ts'
import { openidOf, startTestApi } from './support/start-test-api.ts'

let numbers = 13_700_000_000
const newNumber = () => {
  numbers += 1
  return String(numbers)
}

describe('a roster', () => {
  let api: TestApi
  let org: ReturnType<typeof orgTools>
  beforeAll(async () => {
    api = await startTestApi()
    org = orgTools(api)
  })
  afterAll(() => api.close())

  const importLines = async (orgId: string, lines: readonly string[]) =>
    org.cli('member', 'import', '--org', orgId, '--csv', await org.writeRoster(lines))
  const newPersonWith = async (phone: string) => {
    const somebody = await org.newPerson(phone)
    await phoneTools(api).bindByCode(somebody.token, somebody.person)
    return somebody
  }
  const rowsOf = (orgId: string) =>
    ownDataTools(api).rows(
      'SELECT m.* FROM org_member m JOIN org o ON o.id = m.org_id WHERE o.public_id = ?',
      orgId,
    )

  it('lets in at once, under its own name, who has bound a number of it', async () => {
    const { owner, orgId } = await org.newOrg()
    const phone = newNumber()
    const lines = [`王芳,${phone},研发部,工程师`]
    expect(await importLines(orgId, lines)).toMatchObject({
      code: 0,
      stdout: 'Added 1, changed 0, unchanged 0.\n',
      stderr: '',
    })
    const { invitation } = (await org.invite(owner.token, { needsApproval: true })).data

    const { token } = await newPersonWith(phone)
    expect((await org.join(token, invitation, '芳芳')).data).toMatchObject({
      name: '王芳',
      title: '工程师',
      department: '研发部',
      state: 'active',
    })
    const unknown = await newPersonWith(newNumber())
    expect((await org.join(unknown.token, invitation, '王芳')).data).toMatchObject({
      state: 'pending',
    })
  })

  it('keeps no number, only a hash that differs from company to company and its last digits', async () => {
    const phone = newNumber()
    const hashes: unknown[] = []
    for (let count = 0; count < 2; count += 1) {
      const { orgId } = await org.newOrg()
      await importLines(orgId, [`王芳,${phone},,`])
      const row = rowsOf(orgId).find(({ phone_hash }) => phone_hash !== null)
      expect(row).toMatchObject({ phone_last4: phone.slice(-4), user_id: null, status: 0 })
      hashes.push(row?.phone_hash)
    }
    expect(new Set(hashes).size).toBe(2)
    const tables = ['org', 'org_member', 'department', 'org_invitation', 'audit_event']
    const kept = tables.map((table) => ownDataTools(api).rows(`SELECT * FROM ${table}`))
    expect(JSON.stringify(kept)).not.toContain(phone)
  })

  it('changes nothing when it is imported again, and what differs when it was edited', async () => {
    const { orgId, owner } = await org.newOrg()
    const [one, two] = [newNumber(), newNumber()]
    await importLines(orgId, [`王芳,${one},研发部,`, `张伟,${two},,`])
    const before = rowsOf(orgId)
    expect(await importLines(orgId, [`王芳,${one},研发部,`, `张伟,${two},,`])).toMatchObject({
      stdout: 'Added 0, changed 0, unchanged 2.\n',
    })
    expect(rowsOf(orgId)).toEqual(before)

    expect(await importLines(orgId, [`王芳,${one},财务部,总监`])).toMatchObject({
      stdout: 'Added 0, changed 1, unchanged 0.\n',
    })
    const { items } = (await org.allMembers(owner.token, { state: 'expected' })).data
    expect(items.find(({ name }) => name === '王芳')).toMatchObject({
      title: '总监',
      department: { name: '财务部' },
      phoneLast4: one.slice(-4),
    })
  })

  it('names bad lines by number and reason, and takes the good ones', async () => {
    const { orgId } = await org.newOrg()
    const phone = newNumber()
    const done = await importLines(orgId, [`王芳,${phone},,`, '张伟,12345,,', `李明,${phone},,`])

    expect(done).toMatchObject({ code: 1, stdout: 'Added 1, changed 0, unchanged 0.\n' })
    expect(done.stderr).toBe(
      'line 3: 手机号 is no phone number\nline 4: the number stands in line 2 already\n',
    )
  })

  it('lets in who waits already, and names who is a member already', async () => {
    const { orgId, owner } = await org.newOrg()
    const [one, two] = [newNumber(), newNumber()]
    const [waiting, member] = [await newPersonWith(one), await newPersonWith(two)]
    const guarded = (await org.invite(owner.token, { needsApproval: true })).data
    const open = (await org.invite(owner.token)).data
    await org.join(waiting.token, guarded.invitation, '芳芳')
    await org.join(member.token, open.invitation, '小张')

    await importLines(orgId, [`王芳,${one},,`, `张伟,${two},,`])

    for (const [{ token }, name] of [
      [waiting, '王芳'],
      [member, '张伟'],
    ] as const) {
      expect((await org.mine(token)).data.memberships).toMatchObject([{ name, state: 'active' }])
    }
    expect(rowsOf(orgId)).toHaveLength(3)
  })

  it('takes who binds the number after asking, when they open the invitation again', async () => {
    const { orgId, owner } = await org.newOrg()
    const phone = newNumber()
    await importLines(orgId, [`王芳,${phone},,工程师`])
    const { invitation } = (await org.invite(owner.token, { needsApproval: true, maxUses: 1 })).data
    const { person, token } = await org.newPerson(phone)
    expect((await org.join(token, invitation, '芳芳')).data).toMatchObject({ state: 'pending' })

    await phoneTools(api).bindByCode(token, person)

    expect((await org.join(token, invitation, '芳芳')).data).toMatchObject({
      name: '王芳',
      state: 'active',
    })
    expect(rowsOf(orgId)).toHaveLength(2)
  })

  it('brings back who was removed only when it names them again', async () => {
    const { orgId, owner } = await org.newOrg()
    const phone = newNumber()
    await importLines(orgId, [`王芳,${phone},,`])
    const { invitation } = (await org.invite(owner.token, { needsApproval: true })).data
    const { token } = await newPersonWith(phone)
    const { memberId } = (await org.join(token, invitation)).data
    await org.change(owner.token, memberId, { version: 2, state: 'left' })
    expect((await org.join(token, invitation, '王芳')).data).toMatchObject({ state: 'pending' })
    await org.leave(token, orgId)

    expect(await importLines(orgId, [`王芳,${phone},,`])).toMatchObject({
      stdout: 'Added 1, changed 0, unchanged 0.\n',
    })
    expect((await org.join(token, invitation)).data).toMatchObject({ memberId, state: 'active' })
  })

  it('knows the number under an older key of the ring', async () => {
    const { orgId, owner } = await org.newOrg()
    const phone = newNumber()
    await importLines(orgId, [`王芳,${phone},,`])
    const { SESSION_KEYS = '' } = api.env
    const newer = Buffer.from(Array.from({ length: 32 }, (_, at) => at * 7)).toString('base64')
    const rotated = await startTestApi({
      env: {
        DATA_DIR: api.folder,
        SESSION_KEYS: `seal-2:${newer},${SESSION_KEYS}`,
        JWT_KEYS: api.env.JWT_KEYS,
      },
      simulator: api.simulator,
    })
    const { token } = await newPersonWith(phone)
    const { invitation } = (await org.invite(owner.token, { needsApproval: true })).data

    expect((await orgTools(rotated).join(token, invitation)).data).toMatchObject({
      name: '王芳',
      state: 'active',
    })
    await rotated.close()
  })

  it('makes its owner who was expected by number', async () => {
    const phone = newNumber()
    const unnamed = await org.cli('org', 'create', '--name', '远山', '--owner-phone', phone)
    expect(unnamed).toMatchObject({ code: 1, stderr: expect.stringContaining('--owner-name') })
    const words = [
      'org',
      'create',
      '--name',
      '远山',
      '--owner-phone',
      phone,
      '--owner-name',
      '陈静',
    ]
    const founded = await org.cli(...words)
    const invitation = founded.stdout.trim().split('?i=').at(-1) ?? ''
    const { token } = await newPersonWith(phone)

    expect((await org.join(token, invitation, '静静')).data).toMatchObject({
      name: '陈静',
      role: 'owner',
      state: 'active',
    })
    const again = await org.cli(...words)
    expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('of that name') })
  })

  it.each([
    [['org', 'create', '--name', 'x'], '--owner-openid and --owner-phone'],
    [['org', 'create', '--owner-openid', 'o'], '--name is missing'],
    [['org', 'create', '--name', '长'.repeat(61), '--owner-openid', 'o'], 'longer than 60'],
    [['org', 'create', '--name', 'x', '--owner-openid', 'oNobody'], 'no such person'],
    [['org', 'create', '--name', 'x', '--owner-phone', '12'], 'no phone number'],
    [['org', 'close', '--org', 'nobody', '--yes'], 'no such company'],
    [['org', 'close'], '--org is missing'],
    [['member', 'import', '--org', 'x', '--csv', '/nowhere'], 'cannot be read'],
    [['org', 'appoint', '--org', 'x', '--owner-openid', 'o'], 'no such company'],
  ])('and companies are refused by %j, with the reason', async (words, reason) => {
    const { code, stderr } = await org.cli(...words)
    expect(code).toBeGreaterThan(0)
    expect(stderr).toContain(reason)
  })

  it('of a broken file changes nothing', async () => {
    const { orgId } = await org.newOrg()
    const path = await org.writeRoster([])
    await writeFile(path, '姓名,手机号\n"王芳,13800000001\n')
    const broken = await org.cli('member', 'import', '--org', orgId, '--csv', path)
    expect(broken).toMatchObject({ code: 1, stderr: expect.stringContaining('is no CSV') })
    expect(rowsOf(orgId)).toHaveLength(1)
  })

  it('is of a company that operators see, and give an owner when it has lost the last one', async () => {
    const { orgId, owner, name } = await org.newOrg()
    const { person } = await org.newPerson()
    const key = ['--owner-openid', await openidOf(api, person)]
    expect(await org.cli('org', 'appoint', '--org', orgId, ...key)).toMatchObject({ code: 0 })
    expect(await org.leave(owner.token, orgId)).toMatchObject({ errno: 0 })

    const { stdout } = await org.cli('org', 'list')
    expect(stdout).toMatch(new RegExp(`${orgId}  ${name}  1 member\\(s\\), owned by 普通用户`))
  })
})
