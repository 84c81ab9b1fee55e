import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { UserIndexResult } from '@oa/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { orgTools } from './support/org.ts'
import { callsOf, ownDataTools } from './support/own-data.ts'
import { phoneTools } from './support/phone.ts'
import { PUSH_TOKEN, pushByHand } from './support/push.ts'
import type { TestApi } from './support/start-test-api.ts'
import { openidOf, startTestApi, TEST_APP } from './support/start-test-api.ts'

const NAME = '金丝雀姓名'
const TITLE = '金丝雀职务'
const PHONE = '13987654321'

describe('a membership', () => {
  let api: TestApi
  let org: ReturnType<typeof orgTools>
  let own: ReturnType<typeof callsOf>
  beforeAll(async () => {
    api = await startTestApi({ env: { WX_PUSH_TOKEN: PUSH_TOKEN } })
    org = orgTools(api)
    own = callsOf(api)
  })
  afterAll(() => api.close())

  const newCanary = async () => {
    const { owner, orgId, name } = await org.newOrg()
    const roster = await org.writeRoster([`${NAME},${PHONE},研发部,${TITLE}`])
    await org.cli('member', 'import', '--org', orgId, '--csv', roster)
    const { invitation } = (await org.invite(owner.token)).data
    const { person, token } = await org.newPerson(PHONE)
    await phoneTools(api).bindByCode(token, person)
    const joined = await org.join(token, invitation)
    expect(joined.data).toMatchObject({ name: NAME, state: 'active' })
    return { person, token, owner, orgId, orgName: name, memberId: joined.data.memberId }
  }

  it('is shown in the personal centre and in the export of own data, with all that is kept', async () => {
    const { token, orgName, memberId, orgId } = await newCanary()

    const centre = await api.call<UserIndexResult>('/wx/user/index', { token })
    expect(centre.data.memberships).toMatchObject([{ orgId, orgName, name: NAME, role: 'member' }])
    const { memberships } = (await own.ask(token)).data
    expect(memberships).toEqual([
      {
        orgName,
        id: memberId,
        state: 'active',
        role: 'member',
        name: NAME,
        title: TITLE,
        department: '研发部',
        phoneLast4: PHONE.slice(-4),
        reason: null,
        requestedAt: expect.stringMatching(/Z$/),
        decidedAt: null,
        joinedAt: expect.stringMatching(/Z$/),
        leftAt: null,
      },
    ])
    expect(await own.close(token)).toMatchObject({ errno: 0 })
  })

  it('leaves no name, number or title in any file when the account is closed', async () => {
    const { token, owner, memberId } = await newCanary()
    const hash = ownDataTools(api).rows(
      'SELECT phone_hash FROM org_member WHERE public_id = ?',
      memberId,
    )[0]?.phone_hash

    expect(await own.close(token)).toMatchObject({ errno: 0 })

    const gone = (await org.allMembers(owner.token, { state: 'left' })).data.items
    expect(gone).toMatchObject([
      { id: memberId, name: '已注销', title: '', department: null, phoneLast4: null },
    ])
    for (const file of ['oa.db', 'oa.db-wal']) {
      const bytes = await readFile(join(api.folder, file)).catch(() => Buffer.alloc(0))
      for (const trace of [NAME, TITLE, PHONE, String(hash)]) {
        expect(bytes.includes(trace), `${trace} in ${file}`).toBe(false)
      }
    }
  })

  it('ends as well when WeChat ends the account, even of the last owner', async () => {
    const { owner, orgId } = await org.newOrg()
    const OpenID = await openidOf(api, owner.person)
    const Event = 'user_authorization_cancellation'
    expect(await pushByHand(api, { Event, OpenID, AppID: TEST_APP.appid })).toBe(200)

    const { stdout } = await org.cli('org', 'list')
    expect(stdout).toContain(`${orgId}`)
    expect(stdout.split('\n').find((line) => line.startsWith(orgId))).toContain('no owner')
    const names = ownDataTools(api).rows(
      'SELECT m.name FROM org_member m JOIN org o ON o.id = m.org_id WHERE o.public_id = ?',
      orgId,
    )
    expect(names).toEqual([{ name: '已注销' }])
  })

  it('of the last owner keeps the account open until somebody else is an owner', async () => {
    const { owner, orgId } = await org.newOrg()
    const member = await org.newMember(owner.token)

    expect(await own.close(owner.token)).toMatchObject({
      status: 409,
      errno: 725,
      errmsg: expect.stringContaining('把另一位成员设为所有者'),
    })
    expect(await org.members(owner.token)).toMatchObject({ errno: 0 })
    const { events } = (await own.ask(owner.token)).data
    expect(events[0]).toMatchObject({ kind: 'close_refused', outcome: 'LAST_OWNER' })

    await org.change(owner.token, member.memberId, { version: 1, role: 'owner' })
    expect(await own.close(owner.token)).toMatchObject({ errno: 0 })
    expect((await org.mine(member.token)).data.memberships).toMatchObject([
      { orgId, role: 'owner' },
    ])
  })

  it('gives the place of a request back when the account is closed', async () => {
    const { owner } = await org.newOrg()
    const made = (await org.invite(owner.token, { needsApproval: true, maxUses: 1 })).data
    const { token } = await org.newPerson()
    await org.join(token, made.invitation)
    await own.close(token)

    expect(await org.join((await org.newPerson()).token, made.invitation)).toMatchObject({
      errno: 0,
    })
  })
})
