import { describe, expect, it } from 'vitest'
import { ok, startApi } from './support/api'
import {
  hasCompany,
  ID,
  INVITATION,
  ORG,
  OWNER,
  READ_INVITATION,
  REQUEST,
  TYPED,
} from './support/company'
import { hasMeetings, TYPED as TYPED_IN_MEETINGS } from './support/meetings'
import { pages } from './support/source'
import type { Instance } from './support/start'
import { openSignedIn, start } from './support/start'
import { until } from './support/until'
import { hasVotes, TYPED as TYPED_IN_VOTES } from './support/votes'

const SETTINGS = 'pages/ucenter/settings/settings'
const HAN = /\p{Script=Han}/u
/** Chinese that is nobody's translation: what users and owners typed, and a language's own name. */
const NAMES = new RegExp(
  [
    '小明😀?',
    '简体中文',
    '《会议OA隐私保护指引》',
    ...TYPED,
    ...TYPED_IN_MEETINGS,
    ...TYPED_IN_VOTES,
  ].join('|'),
  'gu',
)
const choose = (index: number) => ({ detail: { value: String(index) } })
const catalogue = async () => (await import('../miniprogram/i18n/index')).messages

/** An API with something to show on every page, and the query that says what. */
const startFullApi = async () => {
  const api = await startApi()
  hasCompany(api)
  hasMeetings(api, ID)
  hasVotes(api, ID)
  const terms = { needsApproval: true, department: null, uses: 1, maxUses: 1, over: 'used' }
  const given = { id: ID, expiresAt: REQUEST.requestedAt, ...terms }
  api.answers[`/wx/admin/invitations?orgId=${ORG}`] = ok({ invitations: [given] })
  api.answers[`/wx/admin/join_requests?orgId=${ORG}`] = ok({ items: [REQUEST] })
  const room = { id: ID, name: OWNER.orgName, place: '', capacity: 12, equipment: '', version: 1 }
  const hours = { opensMin: 480, closesMin: 1_080, maxMin: 120 }
  const rooms = [{ ...room, ...hours, needsApproval: true, disabled: false }]
  api.answers[`/wx/room/list?orgId=${ORG}`] = ok({ rooms })
  const act = { at: REQUEST.requestedAt, kind: 'room', actor: null, subject: ID, about: '' }
  api.answers['/wx/admin/audit'] = ok({ items: [{ ...act, detail: 'capacity' }] })
  const mine = { ...OWNER, state: 'pending' }
  api.answers[READ_INVITATION] = ok({ orgName: OWNER.orgName, needsApproval: true, mine })

  return { api, query: { orgId: ORG, id: ID, i: INVITATION } }
}

/** Waits until the page has shown what it loads. */
const settled = async (page: Instance) => {
  let seen: number
  do {
    seen = page.patches
    await new Promise((resolve) => setTimeout(resolve, 30))
  } while (page.patches > seen)
}

/** Opens the settings of a user whose WeChat is in Chinese. */
const openSettings = async () => openSignedIn(await startApi(), SETTINGS)

describe.each(pages)('%s', (path) => {
  it('comes up in another language when the user chose one', async () => {
    const { api, query } = await startFullApi()
    const { page, openPage, wechat } = await openSignedIn(api, path, undefined, query)
    await settled(page)
    const settings = await openPage(SETTINGS)
    settings.onLanguage(choose(2))

    await page.onShow()
    await until(() => !HAN.test(JSON.stringify(page.data).replace(NAMES, '')))
    expect(wechat.state.title).toMatch(/^[\w -]+$/)
  })
})

it('applies to the settings at once, and is remembered', async () => {
  const { page, wechat } = await openSettings()
  expect(page.data).toMatchObject({ chosen: 0, languages: ['跟随系统', '简体中文', 'English'] })

  page.onLanguage(choose(2))
  expect(page.data.t.title).toBe('Settings')
  expect(page.data).toMatchObject({ chosen: 2 })
  expect(wechat.state.title).toBe('Settings')
  expect(wechat.state.storage.get('language')).toBe('"en"')
})

it('follows WeChat again when the user says so', async () => {
  const { page, wechat } = await openSettings()
  page.onLanguage(choose(2))
  page.onLanguage(choose(0))

  expect(page.data.t.title).toBe('设置')
  expect(wechat.state.storage.has('language')).toBe(false)
})

it.each([
  ['zh-CN', 'en', '会议OA'],
  ['en', 'zh_CN', 'Meeting OA'],
  ['fr', 'zh_CN', '会议OA'],
])('has “%s” of an earlier start in a WeChat in %s: %s', async (stored, language, name) => {
  await start({
    prepare: ({ state, wx }) => {
      state.language = language
      wx.setStorageSync('language', stored)
    },
  })

  expect((await catalogue()).app.name).toBe(name)
})

it('renames the tabs to and fro', async () => {
  const { page, openPage, wechat } = await openSettings()
  const home = await openPage('pages/index/index')
  for (const [index, tabs] of [
    [2, ['Home', 'Meetings', 'Votes', 'Me']],
    [1, ['首页', '会议', '投票', '我的']],
  ] as const) {
    page.onLanguage(choose(index))
    home.onShow()
    await until(() => wechat.state.tabs.join() === tabs.join())
  }
})

it('reaches a failure that is on the screen', async () => {
  const { page, attachComponent } = await openSettings()
  const card = await attachComponent('failure-card')
  card.set({ failure: { errno: 706, errmsg: '', requestId: 'id-1' }, title: '' })
  page.onLanguage(choose(2))
  card.pageLifetimes.show.call(card)

  expect(JSON.stringify(card.data)).not.toMatch(HAN)
  expect(card.data.retry).toBe('Try again')
})

it('leaves the catalogues as they are', async () => {
  const { page } = await openSettings()
  page.onLanguage(choose(2))
  const { zhCN } = await import('../miniprogram/i18n/zh-CN')

  expect(zhCN.settings.title).toBe('设置')
})
