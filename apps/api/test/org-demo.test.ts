import type { HomeResult } from '@oa/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadConfig } from '../src/config/load-config.ts'
import { foundOrg, orgTools } from './support/org.ts'
import type { TestApi } from './support/start-test-api.ts'
import { openidOf, startTestApi } from './support/start-test-api.ts'

const NAME = '青禾科技'

describe('the demo company of a developer', () => {
  let api: TestApi
  let org: ReturnType<typeof orgTools>
  beforeAll(async () => {
    api = await startTestApi({ env: { DEMO_ORG: NAME } })
    org = orgTools(api)
  })
  afterAll(() => api.close())

  it('takes in who belongs to none, once, and nobody before it is complete', async () => {
    const founder = await org.newPerson()
    expect((await org.mine(founder.token)).data.memberships).toEqual([])
    const orgId = await foundOrg(api, await openidOf(api, founder.person), NAME)

    const { token } = await org.newPerson()
    expect((await org.mine(token)).data.memberships).toEqual([])
    const room = { orgId, name: '三楼会议室' }
    await api.call('/wx/admin/rooms', { method: 'POST', token: founder.token, body: room })
    const first = await Promise.all([org.mine(token), org.mine(token), org.mine(token)])
    for (const { data } of first) {
      expect(data.memberships).toMatchObject([{ orgId, orgName: NAME, role: 'admin' }])
    }
    expect(await org.leave(token, orgId)).toMatchObject({ errno: 0 })
    expect((await org.mine(token)).data.memberships).toEqual([])
  })

  it('gives a newcomer a meeting that runs, a vote in it and one to reply to, once', async () => {
    const { token } = await org.newPerson()
    await Promise.all([org.mine(token), org.mine(token), org.mine(token)])
    await org.mine(token)

    const { data } = await api.call<HomeResult>('/wx/home/index', { token })
    expect(data.infoList).toMatchObject([
      { title: '新同事见面会', state: 'running', myRoles: ['participant'] },
      { title: '周例会', state: 'scheduled', myReply: 'none' },
    ])
    expect(data.votes).toMatchObject([
      { title: '团建去哪里', iAmElector: true, iVoted: false, meeting: { title: '新同事见面会' } },
    ])
  })
})

it('is refused in production, where it would let everybody in', () => {
  expect(() => loadConfig({ NODE_ENV: 'production', DEMO_ORG: NAME })).toThrow(
    'DEMO_ORG lets everybody in: it is not for production',
  )
})
