import type { PersonalDataResult, ShareResult, UserIndexResult } from '@oa/contracts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createShareIds } from '../src/invitation/share-id.ts'
import { describeOnEachEngine } from './database/engines.ts'
import { queryRows } from './database/query.ts'
import { readToken } from './support/forge-token.ts'
import { phoneTools } from './support/phone.ts'
import type { TestApi } from './support/start-test-api.ts'
import { openidOf, startTestApi, TEST_APP } from './support/start-test-api.ts'

const DAY_MS = 86_400_000
const IGNORED = 'a share id was ignored'

describeOnEachEngine('An invitation', (engine) => {
  let api: TestApi
  let people = 0
  beforeAll(async () => {
    const { url } = await engine.create()
    api = await startTestApi({ env: url === undefined ? {} : { DATABASE_URL: url } })
  })
  afterAll(() => api.close())

  const newName = () => {
    people += 1
    return `invited-${people}`
  }
  const rowOf = async (person: string) => {
    const openid = await openidOf(api, person)
    const rows = await queryRows(
      api.config.database,
      `SELECT id, share_user_id AS inviter FROM wx_user WHERE weixin_openid = '${openid}'`,
    )
    const { id, inviter } = rows[0] ?? {}
    return { id: Number(id), inviter: inviter === null ? null : Number(inviter) }
  }
  const share = async (token: string) =>
    (await api.call<ShareResult>('/wx/user/share', { token })).data
  /** A signed-in user with the id of a card of theirs. */
  const newSharer = async () => {
    const name = newName()
    const { token } = await api.signIn(name)
    return { name, token, shareId: (await share(token)).shareId }
  }
  const publicIdOf = (token: string) => String(readToken(token).payload.sub)
  const reasons = () =>
    api.logs
      .lines()
      .filter(({ msg }) => msg === IGNORED)
      .map(({ reason }) => reason)

  it('is remembered for a new user, by whichever way they sign in', async () => {
    const sharer = await newSharer()
    const [byWeixin, byPhone] = [newName(), newName()]
    const phone = engine.kind === 'sqlite' ? '13612340001' : '13612340002'
    await api.simulator.control.createPerson({ name: byPhone, phone })
    await api.signIn(byWeixin, { shareId: sharer.shareId })
    await phoneTools(api).signInByPhone(byPhone, { shareId: sharer.shareId })

    const { id } = await rowOf(sharer.name)
    expect(await rowOf(byWeixin)).toMatchObject({ inviter: id })
    expect(await rowOf(byPhone)).toMatchObject({ inviter: id })
  })

  it('is the first one for ever, and none for a user who was here before', async () => {
    const [first, second] = [await newSharer(), await newSharer()]
    const guest = newName()
    await api.signIn(guest, { shareId: first.shareId })
    await api.signIn(guest, { shareId: second.shareId })
    await api.signIn(second.name, { shareId: first.shareId })

    expect(await rowOf(guest)).toMatchObject({ inviter: (await rowOf(first.name)).id })
    expect(await rowOf(second.name)).toMatchObject({ inviter: null })
  })

  it('names its user to nobody, and is good for thirty days', async () => {
    const { token, shareId, name } = await newSharer()
    const publicId = publicIdOf(token)
    const bytes = Buffer.from(shareId.split('.')[1] ?? '', 'base64url')

    for (const text of [shareId, bytes.toString('latin1'), bytes.toString('hex')]) {
      expect(text).not.toContain(publicId)
      expect(text).not.toContain(publicId.replaceAll('-', ''))
      expect(text).not.toContain(await openidOf(api, name))
    }
    const { expiresAt } = await share(token)
    expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan(29 * DAY_MS)
  })

  it.each(['forged', 'of another app', 'expired', 'of a user who is not there', 'no id at all'])(
    'that is %s is ignored: the sign-in succeeds, and the log says so without the id',
    async (what) => {
      const { token, shareId } = await newSharer()
      const publicId = publicIdOf(token)
      const expiresAt = new Date(Date.now() + DAY_MS)
      const keys = api.config.jwtKeys
      const ours = createShareIds({ keys })
      const ids: Record<string, string> = {
        forged: `${shareId.slice(0, -4)}AAAA`,
        'of another app': ours.issue({ publicId, expiresAt }, 'wx1111111111111111'),
        expired: ours.issue({ publicId, expiresAt: new Date(Date.now() - 1_000) }, TEST_APP.appid),
        'of a user who is not there': ours.issue(
          { publicId: '01938a5e-7c1d-4000-8000-000000000001', expiresAt },
          TEST_APP.appid,
        ),
        'no id at all': "'; DROP TABLE wx_user; -- 😀",
      }
      const given = ids[what] ?? ''
      const before = reasons().length
      const guest = newName()

      await api.signIn(guest, { shareId: given })

      expect(await rowOf(guest)).toMatchObject({ inviter: null })
      expect(reasons().length).toBe(before + 1)
      expect(api.logs.text()).not.toContain(given)
    },
  )

  it('of an account that was closed is ignored', async () => {
    const { token, shareId } = await newSharer()
    const body = { confirm: true }
    await api.call('/wx/user/close_account', { method: 'POST', token, body })
    const guest = newName()

    await api.signIn(guest, { shareId })

    expect(await rowOf(guest)).toMatchObject({ inviter: null })
    expect(reasons().at(-1)).toBe('sharer gone')
  })

  it('of oneself is none, also after closing the account and coming back', async () => {
    const { name, token, shareId } = await newSharer()
    await api.signIn(name, { shareId })
    expect(await rowOf(name)).toMatchObject({ inviter: null })
    const body = { confirm: true }
    await api.call('/wx/user/close_account', { method: 'POST', token, body })

    await api.signIn(name, { shareId })

    expect(await rowOf(name)).toMatchObject({ inviter: null })
  })

  it('and the level are shown to the user, without the inviter, and gone with the account', async () => {
    const sharer = await newSharer()
    const guest = newName()
    const { token } = await api.signIn(guest, { shareId: sharer.shareId })
    const { id } = await rowOf(guest)
    await queryRows(api.config.database, `UPDATE wx_user SET user_level = 2 WHERE id = ${id}`)

    const centre = await api.call<UserIndexResult>('/wx/user/index', { token })
    const kept = await api.call<PersonalDataResult>('/wx/user/data', { token })

    expect(centre.data.userLevel).toBe(2)
    expect(kept.data.account).toMatchObject({ userLevel: 2, invited: true })
    expect(kept.text).not.toContain(publicIdOf(sharer.token))
    const body = { confirm: true }
    await api.call('/wx/user/close_account', { method: 'POST', token, body })
    const [row] = await queryRows(
      api.config.database,
      `SELECT user_level AS level, share_user_id AS inviter FROM wx_user WHERE id = ${id}`,
    )
    expect([Number(row?.level), row?.inviter]).toEqual([0, null])
  })

  it('can be asked for by signed-in users alone', async () => {
    expect(await api.call('/wx/user/share')).toMatchObject({ status: 401, errno: 501 })
  })
})
