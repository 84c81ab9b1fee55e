import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeOnEachEngine } from './database/engines.ts'
import { profileTools } from './support/pictures.ts'
import type { TestApi } from './support/start-test-api.ts'
import { openidOf, startTestApi, TEST_APP } from './support/start-test-api.ts'

const STALE = 504
const BAD_VALUE = 402
const BAD_ARGUMENT = 401
const TOO_MANY_REQUESTS = 706

describeOnEachEngine('Editing a profile', (engine) => {
  let api: TestApi
  let profiles: ReturnType<typeof profileTools>
  beforeAll(async () => {
    const { url } = await engine.create()
    api = await startTestApi({ env: url === undefined ? {} : { DATABASE_URL: url } })
    profiles = profileTools(api)
  })
  afterAll(() => api.close())

  const open = async (person: string) => {
    const { token } = await api.signIn(person)
    const { data } = await profiles.read(token)
    return { token, version: data.version }
  }

  it('changes what it names, and is seen at once', async () => {
    const { token, version } = await open('editor')
    const wanted = { nickName: '小明😀', gender: 2, birthday: '1990-01-31' } as const

    const answer = await profiles.edit(token, { version, ...wanted })

    expect(answer).toMatchObject({ errno: 0, data: { ...wanted, notice: 'none' } })
    expect((await api.info(token)).data.userInfo).toMatchObject({ nickName: '小明😀', gender: 2 })
    const { version: next } = answer.data
    expect(await profiles.edit(token, { version: next, birthday: null })).toMatchObject({
      errno: 0,
      data: { nickName: '小明😀', gender: 2, birthday: null },
    })
  })

  it('is refused when the profile was edited elsewhere meanwhile, and mixes nothing', async () => {
    const { token, version } = await open('two-devices')
    expect(await profiles.edit(token, { version, nickName: '甲', gender: 1 })).toMatchObject({
      errno: 0,
    })

    const answer = await profiles.edit(token, { version, nickName: '乙', birthday: '1990-01-31' })

    expect(answer).toMatchObject({ status: 409, errno: STALE })
    expect((await profiles.read(token)).data).toMatchObject({
      nickName: '甲',
      gender: 1,
      birthday: null,
    })
  })

  it('lets one of twenty edits of the same version win', async () => {
    const { token, version } = await open('racer')
    const names = Array.from({ length: 20 }, (_, index) => `名字${index}`)

    const answers = await Promise.all(
      names.map((nickName) => profiles.edit(token, { version, nickName })),
    )

    const winners = answers.filter(({ errno }) => errno === 0)
    expect(winners).toHaveLength(1)
    expect(answers.filter(({ errno }) => errno === STALE)).toHaveLength(19)
    expect((await profiles.read(token)).data.nickName).toBe(winners[0]?.data.nickName)
  })

  it('gives the same answer again when the first one was lost', async () => {
    const { token, version } = await open('repeater')
    const edit = { version, nickName: '重复', gender: 1, birthday: '2000-02-29' } as const
    const first = await profiles.edit(token, edit)

    expect((await profiles.edit(token, edit)).text).toBe(first.text)
  })

  it('counts an edit as one although it follows within the same millisecond', async () => {
    const { token, version } = await open('quick')
    const versions = [version]
    for (const gender of [1, 2, 0] as const) {
      const { data } = await profiles.edit(token, { version: versions.at(-1) ?? '', gender })
      versions.push(data.version)
    }
    expect(new Set(versions).size).toBe(4)
    expect([...versions].sort()).toEqual(versions)
  })

  it.each([
    [{ birthday: '2023-02-29' }, BAD_VALUE],
    [{ birthday: '2999-01-01' }, BAD_VALUE],
    [{ birthday: '1899-12-31' }, BAD_VALUE],
    [{ birthday: '31.1.1990' }, BAD_ARGUMENT],
    [{ nickName: '' }, BAD_ARGUMENT],
    [{ nickName: ' \u200b' }, BAD_ARGUMENT],
    [{ nickName: 'x'.repeat(64) }, BAD_ARGUMENT],
    [{ gender: 3 }, BAD_ARGUMENT],
    [{}, BAD_ARGUMENT],
    [{ nickName: '小明', status: 1 }, BAD_ARGUMENT],
    [{ nickName: '小明', avatarUrl: 'https://evil.example/a.png' }, BAD_ARGUMENT],
  ])('refuses %j with errno %i and changes nothing', async (edit, errno) => {
    const { token, version } = await open('mistaken')
    const before = await profiles.read(token)

    const answer = await profiles.edit(token, { version, ...edit } as never)

    expect(answer).toMatchObject({ status: 400, errno })
    expect((await profiles.read(token)).text).toBe(before.text)
  })

  it('is refused once the account is frozen', async () => {
    const { token, version } = await open('frozen')
    const openid = await openidOf(api, 'frozen')
    await api.accounts.freeze({ appId: TEST_APP.appid, openid }, {})

    expect(await profiles.edit(token, { version, nickName: '新名' })).toMatchObject({ errno: 704 })
  })

  it('is possible sixty times an hour', async () => {
    const { token, version } = await open('busy')
    let current = version
    for (let edits = 0; edits < 60; edits += 1) {
      const answer = await profiles.edit(token, {
        version: current,
        gender: edits % 2 === 0 ? 1 : 2,
      })
      expect(answer.errno).toBe(0)
      current = answer.data.version
    }

    const answer = await profiles.edit(token, { version: current, gender: 0 })
    expect(answer).toMatchObject({ status: 429, errno: TOO_MANY_REQUESTS })
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(3_000)
  })
})
