import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { orgTools } from './support/org.ts'
import type { TestApi } from './support/start-test-api.ts'
import { openidOf, startTestApi } from './support/start-test-api.ts'

describe('a company', () => {
  let api: TestApi
  let org: ReturnType<typeof orgTools>
  beforeAll(async () => {
    api = await startTestApi()
    org = orgTools(api)
  })
  afterAll(() => api.close())

  it('is founded by an operator, and takes in whom its owner invites and accepts', async () => {
    const owner = await org.newPerson()
    const openid = await openidOf(api, owner.person)
    const founded = await org.cli('org', 'create', '--name', '青禾科技', '--owner-openid', openid)
    expect(founded).toMatchObject({ code: 0, stderr: '' })
    const orgId = founded.stdout.trim().split(' ').at(-1)
    const made = (await org.invite(owner.token, { needsApproval: true })).data
    expect(made.path).toBe(`pages/join/join?i=${made.invitation}`)

    const { token } = await org.newPerson()
    expect((await org.show(made.invitation)).data).toMatchObject({
      orgName: '青禾科技',
      needsApproval: true,
      mine: null,
    })
    const asked = await org.join(token, made.invitation, '王芳')
    expect(asked.data).toMatchObject({ orgId, name: '王芳', state: 'pending', role: 'member' })
    expect(await org.members(token)).toMatchObject({ status: 403, errno: 506 })

    const [request] = (await org.requests(owner.token)).data.items
    expect(request).toMatchObject({ name: '王芳', invitedBy: expect.stringMatching(/^普通用户/) })
    const accepted = { version: request?.version, accept: true }
    expect(await org.decide(owner.token, request?.id ?? '', accepted)).toMatchObject({ errno: 0 })

    const { memberships } = (await org.mine(token)).data
    expect(memberships).toMatchObject([{ orgId, orgName: '青禾科技', state: 'active' }])
    const names = (await org.members(token)).data.items.map(({ name }) => name)
    expect(names).toContain('王芳')
  })
})
