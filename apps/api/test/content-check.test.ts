import { afterAll, beforeAll, expect, it } from 'vitest'
import { MAX_ATTEMPTS } from '../src/profile/policy.ts'
import { describeOnEachEngine } from './database/engines.ts'
import { queryRows } from './database/query.ts'
import { untilItHolds } from './support/eventually.ts'
import { aJpeg, filesIn, profileTools } from './support/pictures.ts'
import { PUSH_TOKEN, pushByHand, pushTo } from './support/push.ts'
import type { TestApi } from './support/start-test-api.ts'
import { startTestApi } from './support/start-test-api.ts'

const CONTENT_REFUSED = 720
const PLACEHOLDER = /^普通用户\d{5}$/
const QUOTA_SPENT = 45009
const RISKY = { suggest: 'risky', label: 20002 } as const

describeOnEachEngine('The content check', (engine) => {
  let api: TestApi
  let profiles: ReturnType<typeof profileTools>
  beforeAll(async () => {
    const { url } = await engine.create()
    const env = { WX_PUSH_TOKEN: PUSH_TOKEN, PUBLIC_URL: 'https://oa.example.com' }
    api = await startTestApi({ env: url === undefined ? env : { ...env, DATABASE_URL: url } })
    profiles = profileTools(api)
    await pushTo(api)
    await api.simulator.control.addVerdict({ contains: '坏名字', ...RISKY })
    await api.simulator.control.addVerdict({ contains: '可疑', suggest: 'review', label: 20001 })
  })
  afterAll(() => api.close())

  /** What is due is asked now, whenever that is. */
  const runDue = () => api.checks?.runDue() ?? Promise.reject(new Error('checks are off'))
  const runLater = async () => {
    await queryRows(api.config.database, 'UPDATE content_check SET next_at = created_at')
    await runDue()
  }
  const open = async (person: string, nickName?: string) => {
    const { token } = await api.signIn(
      person,
      nickName === undefined ? {} : { userInfo: { nickName } },
    )
    return { token, version: (await profiles.read(token)).data.version }
  }
  const withoutVerdicts = async (work: () => Promise<void>) => {
    for (const path of ['/wxa/msg_sec_check', '/wxa/media_check_async']) {
      await api.simulator.control.addFault({ path, errcode: QUOTA_SPENT, times: 0 })
    }
    try {
      await work()
    } finally {
      await api.simulator.control.clearFaults()
    }
  }

  it.each(['坏名字', '可疑的人'])('refuses the name %s and keeps the old one', async (nickName) => {
    const { token, version } = await open('renamer', '好名字')

    expect(await profiles.edit(token, { version, nickName })).toMatchObject({
      status: 400,
      errno: CONTENT_REFUSED,
    })
    expect((await profiles.read(token)).data).toMatchObject({ nickName: '好名字', version })
  })

  it('asks WeChat about a name only when it changes', async () => {
    const { token, version } = await open('unchanged')
    const { nickName } = (await profiles.read(token)).data
    const calls = async () =>
      (await api.simulator.control.calls()).filter(({ path }) => path.includes('msg_sec_check'))
        .length
    const before = await calls()

    expect(await profiles.edit(token, { version, nickName, gender: 1 })).toMatchObject({ errno: 0 })
    expect(await calls()).toBe(before)
  })

  it('keeps a name while WeChat gives no verdict, and takes it back later', async () => {
    const { token, version } = await open('lucky', '原名')
    await withoutVerdicts(async () => {
      expect(await profiles.edit(token, { version, nickName: '坏名字一' })).toMatchObject({
        errno: 0,
      })
    })

    await runDue()

    const { data } = await profiles.read(token)
    expect(data).toMatchObject({ nickName: expect.stringMatching(PLACEHOLDER), notice: 'name' })
    const { data: centre } = await api.call<{ notice: string }>('/wx/user/index', { token })
    expect(centre.notice).toBe('name')
    const next = await profiles.edit(token, { version: data.version, nickName: '新名' })
    expect(next.data).toMatchObject({ nickName: '新名', notice: 'none' })
  })

  it('takes back no name that was replaced meanwhile', async () => {
    const { token, version } = await open('quick-changer', '原名')
    await withoutVerdicts(async () => {
      const { data } = await profiles.edit(token, { version, nickName: '坏名字二' })
      expect(await profiles.edit(token, { version: data.version, nickName: '好人' })).toMatchObject(
        { errno: 0 },
      )
    })

    await runDue()

    expect((await profiles.read(token)).data).toMatchObject({ nickName: '好人', notice: 'none' })
  })

  it('also looks at the name that a new user brings along', async () => {
    const { token } = await open('newcomer', '坏名字三')

    await untilItHolds(async () =>
      expect((await profiles.read(token)).data).toMatchObject({
        nickName: expect.stringMatching(PLACEHOLDER),
        notice: 'name',
      }),
    )
    expect((await api.info(token)).data.userInfo.nickName).toMatch(PLACEHOLDER)
  })

  it('shows a picture to its owner alone until it has passed', async () => {
    const { token } = await open('model')
    await api.simulator.control.changeSettings({ mediaCheckDelayMs: 600 })
    const { data } = await profiles.upload(token, await aJpeg())

    expect(data.pictureState).toBe('checking')
    expect((await api.info(token)).data.userInfo.avatarUrl).toBe(data.avatarUrl)
    expect((await profiles.picture(data.avatarUrl)).response.status).toBe(200)
    await untilItHolds(async () =>
      expect((await profiles.read(token)).data).toMatchObject({
        avatarUrl: data.avatarUrl,
        pictureState: 'checked',
        notice: 'none',
      }),
    )
    await api.simulator.control.changeSettings({ mediaCheckDelayMs: 0 })
  })

  it('takes a refused picture away, brings the earlier one back and says so', async () => {
    const { token } = await open('provocateur')
    const first = await profiles.upload(token, await aJpeg())
    await untilItHolds(async () =>
      expect((await profiles.read(token)).data.pictureState).toBe('checked'),
    )
    await api.simulator.control.addVerdict({ contains: '/wx/pictures/', ...RISKY })
    const second = await profiles.upload(token, await aJpeg())

    await untilItHolds(async () =>
      expect((await profiles.read(token)).data).toMatchObject({
        avatarUrl: first.data.avatarUrl,
        pictureState: 'checked',
        notice: 'picture',
      }),
    )
    await api.simulator.control.addVerdict({
      contains: '/wx/pictures/',
      suggest: 'pass',
      label: 100,
    })
    await api.profiles.removeExpired(100)
    expect((await profiles.picture(second.data.avatarUrl)).response.status).toBe(404)
    expect((await profiles.picture(first.data.avatarUrl)).response.status).toBe(200)
  })

  it('acts on a verdict that overtakes the answer to the question', async () => {
    const { token } = await open('overtaker')
    const path = '/wxa/media_check_async'
    await api.simulator.control.addFault({ path, latencyMs: 300, times: 1 })
    await profiles.upload(token, await aJpeg())

    await untilItHolds(async () =>
      expect((await profiles.read(token)).data.pictureState).toBe('checked'),
    )
  })

  it('asks again until WeChat has answered, and gives up after a day or so', async () => {
    const { token } = await open('patient')
    await withoutVerdicts(async () => {
      await profiles.upload(token, await aJpeg())
      for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) await runLater()
      expect(api.logs.text()).toContain('WeChat gave no verdict: giving up')
    })
    expect((await profiles.read(token)).data.pictureState).toBe('checking')

    await withoutVerdicts(async () => void (await profiles.upload(token, await aJpeg())))
    await runLater()
    await untilItHolds(async () =>
      expect((await profiles.read(token)).data.pictureState).toBe('checked'),
    )
  })

  it('does not act on a verdict about what it never asked for', async () => {
    const { token } = await open('bystander')
    const before = await profiles.read(token)
    const event = {
      Event: 'wxa_media_check',
      appid: api.config.wechat.apps[0].appId,
      trace_id: 'unknown',
      version: 2,
      result: RISKY,
      errcode: 0,
    }

    expect(await pushByHand(api, event)).toBe(200)
    expect((await profiles.read(token)).text).toBe(before.text)
    expect(await filesIn(api.folder)).not.toEqual([])
  })
})

it('is off on request, and then nothing is asked', async () => {
  const api = await startTestApi({
    env: { CONTENT_CHECK: 'off', WX_PUSH_TOKEN: PUSH_TOKEN, PUBLIC_URL: 'https://oa.example.com' },
  })
  const profiles = profileTools(api)
  try {
    const { token } = await api.signIn('free')
    const { version } = (await profiles.read(token)).data
    expect(await profiles.edit(token, { version, nickName: '坏名字' })).toMatchObject({ errno: 0 })
    expect((await profiles.upload(token, await aJpeg())).data.pictureState).toBe('checked')
    const paths = (await api.simulator.control.calls()).map(({ path }) => path)
    expect(paths.filter((path) => path.startsWith('/wxa/'))).toEqual([])
  } finally {
    await api.close()
  }
})
