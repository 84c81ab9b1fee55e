import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { orgTools } from './support/org.ts'
import { ownDataTools } from './support/own-data.ts'
import { PUSH_TOKEN } from './support/push.ts'
import type { TestApi } from './support/start-test-api.ts'
import { startTestApi, TEST_APP } from './support/start-test-api.ts'

const OVER = {
  status: 404,
  errno: 724,
  errmsg: '邀请不存在或已失效，请向管理员索取新的邀请',
}

describe('an invitation', () => {
  let api: TestApi
  let org: ReturnType<typeof orgTools>
  beforeAll(async () => {
    const env = { WX_PUSH_TOKEN: PUSH_TOKEN, PUBLIC_URL: 'https://oa.example.com' }
    api = await startTestApi({ env })
    org = orgTools(api)
    await api.simulator.control.addVerdict({ contains: '违禁', suggest: 'risky', label: 20002 })
  })
  afterAll(() => api.close())

  const fail = (path: string, fault: { errcode: number; times?: number }) =>
    api.simulator.control.addFault({ path, ...fault })

  it('tells a stranger the name of the company and nothing else', async () => {
    const { owner, name, orgId } = await org.newOrg()
    const { invitation } = (await org.invite(owner.token)).data

    const { data, text } = await org.show(invitation)

    expect(Object.keys(data).sort()).toEqual(['expiresAt', 'mine', 'needsApproval', 'orgName'])
    expect(data).toMatchObject({ orgName: name, mine: null })
    expect(text).not.toContain(orgId)
    expect(await org.show(invitation, 'no-token')).toMatchObject({ errno: 501 })
  })

  it('is kept as a hash alone, and not in any log line', async () => {
    const { owner } = await org.newOrg()
    const { invitation } = (await org.invite(owner.token)).data
    await org.show(invitation)
    await org.join((await org.newPerson()).token, invitation)

    expect(invitation).toMatch(/^[A-Za-z0-9_-]{22}$/)
    const rows = ownDataTools(api).rows('SELECT * FROM org_invitation')
    expect(JSON.stringify(rows)).not.toContain(invitation)
    expect(api.logs.text()).not.toContain(invitation)
  })

  it('is the same again for a request that is repeated after a lost answer', async () => {
    const { owner } = await org.newOrg()
    const requestId = randomUUID()
    const [one, again] = [
      await org.invite(owner.token, { requestId }),
      await org.invite(owner.token, { requestId }),
    ]

    expect(again.data).toEqual(one.data)
    expect((await org.invitations(owner.token)).data.invitations).toHaveLength(1)
  })

  it('is one and the same nothing when it is unknown, revoked, over, used up, or of a closed company', async () => {
    const { owner, orgId } = await org.newOrg()
    const member = await org.newPerson()
    const used = (await org.invite(owner.token, { maxUses: 1 })).data
    await org.join(member.token, used.invitation)
    const revoked = (await org.invite(owner.token)).data
    await org.revoke(owner.token, revoked.id)
    expect(await org.revoke(owner.token, revoked.id)).toMatchObject({ errno: 0 })
    const expired = (await org.invite(owner.token)).data
    ownDataTools(api).run(
      "UPDATE org_invitation SET expires_at = '2020-01-01T00:00:00.000+00:00' WHERE public_id = ?",
      expired.id,
    )
    const open = (await org.invite(owner.token)).data
    const { token } = await org.newPerson()

    for (const invitation of [
      'nonsense',
      used.invitation,
      revoked.invitation,
      expired.invitation,
    ]) {
      expect(await org.show(invitation)).toMatchObject(OVER)
      expect(await org.join(token, invitation)).toMatchObject(OVER)
    }
    const over = (await org.invitations(owner.token)).data.invitations.map((one) => one.over)
    expect(over.sort()).toEqual(['expired', 'revoked', 'used', null].sort())
    // Who came by it is told so, even though it is over.
    expect((await org.show(used.invitation, member.token)).data.mine).toMatchObject({
      state: 'active',
    })

    expect(await org.cli('org', 'close', '--org', orgId, '--yes')).toMatchObject({ code: 0 })
    expect(await org.show(open.invitation)).toMatchObject(OVER)
    expect(await org.members(owner.token)).toMatchObject({ errno: 506 })
    expect((await org.mine(member.token)).data.memberships).toEqual([])
  })

  it('leads a user of another mini-program nowhere', async () => {
    const { owner } = await org.newOrg()
    const { invitation } = (await org.invite(owner.token)).data
    ownDataTools(api).run("UPDATE org SET appid = 'wx0000000000000000'")
    expect(await org.show(invitation)).toMatchObject(OVER)
    ownDataTools(api).run('UPDATE org SET appid = ?', TEST_APP.appid)
    expect(await org.show(invitation)).toMatchObject({ errno: 0 })
  })

  it('is drawn by WeChat as a code for its page, for who can show it', async () => {
    const { owner } = await org.newOrg()
    const made = (await org.invite(owner.token)).data
    const other = (await org.invite(owner.token)).data

    const { data } = await org.code(owner.token, made.id, made.invitation)
    expect(data.picture).toMatch(/^data:image\/(png|jpeg);base64,/)
    const [call] = await api.simulator.control.calls({ path: '/wxa/getwxacodeunlimit' })
    expect(call).toBeDefined()
    expect(await org.code(owner.token, made.id, other.invitation)).toMatchObject(OVER)
    await org.revoke(owner.token, made.id)
    expect(await org.code(owner.token, made.id, made.invitation)).toMatchObject(OVER)
  })

  it.each([
    [
      { errcode: -1, times: 2 },
      { status: 503, errno: 702 },
    ],
    [{ errcode: 45009 }, { status: 503, errno: 702 }],
    [{ errcode: 45011 }, { status: 429, errno: 706, errmsg: '生成邀请过于频繁，请稍后再试' }],
  ])('has no code while WeChat fails with %j, and still works as a card', async (fault, answer) => {
    const { owner } = await org.newOrg()
    const made = (await org.invite(owner.token)).data
    await fail('/wxa/getwxacodeunlimit', fault)

    const refused = await org.code(owner.token, made.id, made.invitation)

    expect(refused).toMatchObject(answer)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await org.join((await org.newPerson()).token, made.invitation)).toMatchObject({
      errno: 0,
    })
  })

  it('lets nobody in under a name that WeChat refuses, and asks an administrator while WeChat is down', async () => {
    const { owner } = await org.newOrg()
    const { invitation } = (await org.invite(owner.token)).data
    const { token } = await org.newPerson()
    expect(await org.join(token, invitation, '违禁姓名')).toMatchObject({
      status: 400,
      errno: 720,
      errmsg: '所填内容未通过微信内容安全检查，请修改',
    })

    await fail('/wxa/msg_sec_check', { errcode: -1, times: 2 })
    expect((await org.join(token, invitation, '王芳')).data).toMatchObject({ state: 'pending' })
    expect((await org.requests(owner.token)).data.items).toMatchObject([{ name: '王芳' }])
  })
})
