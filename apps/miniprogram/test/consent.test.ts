import { expect, it } from 'vitest'
import { agreement } from '../miniprogram/config/agreement'
import {
  BY_PHONE,
  LOGIN,
  openAgreed,
  openLogin,
  submitted,
  ticked,
  unticked,
} from './support/login-page'
import { CODE, refused } from './support/phone-page'
import { start } from './support/start'

it('asks a user who has not agreed, signs in by the answer, and keeps what was typed', async () => {
  const { api, page } = await openLogin()
  await page.onSubmit(submitted('小明'))
  expect(page.data).toMatchObject({ agreed: false, asking: 'wechat', submitting: false })
  expect(api.calls).toEqual([])

  await page.onSheetAgree()
  expect(api.to(LOGIN)[0]?.body).toMatchObject({
    userInfo: { nickName: '小明' },
    agreement: agreement.version,
  })
  expect(page.data).toMatchObject({ agreed: true, asking: '' })
})

it('sends and stores nothing when the user does not agree', async () => {
  const { api, page, wechat } = await openLogin()
  await page.onSubmit(submitted())
  page.onSheetRefuse()

  expect(page.data).toMatchObject({ agreed: false, asking: '' })
  expect(api.calls).toEqual([])
  expect(wechat.state.storage.has('agreement')).toBe(false)
})

it('asks before WeChat’s sheet for the number, which the answer opens', async () => {
  const { api, page } = await openLogin()
  page.onPhoneTap()
  expect(page.data.asking).toBe('phone')

  await page.onSheetPhone(CODE)
  expect(api.to(BY_PHONE)).toMatchObject([{ body: { agreement: agreement.version } }])
  expect(page.data).toMatchObject({ agreed: true, asking: '' })
})

it('counts as agreed when only the number is refused after that', async () => {
  const { api, page } = await openLogin()
  page.onPhoneTap()
  await page.onSheetPhone(refused('user deny'))

  expect(page.data).toMatchObject({ agreed: true, asking: '' })
  expect(page.data.phoneHint).toContain('微信一键登录')
  expect(api.calls).toEqual([])
})

it('sends no number that came without consent, until the user agrees', async () => {
  const { api, page } = await openAgreed()
  page.onAgreed(unticked)
  await page.onPhone(CODE)
  expect(page.data.asking).toBe('wechat')
  expect(api.calls).toEqual([])

  await page.onSheetAgree()
  expect(api.to(BY_PHONE)).toHaveLength(1)
})

it('asks nothing more once the user agreed, also after a restart', async () => {
  const { api, page } = await openAgreed()
  page.onPhoneTap()
  expect(page.data.asking).toBe('')
  await page.onSubmit(submitted())
  expect(api.to(LOGIN)).toHaveLength(1)

  const later = await openLogin(({ wx }) => wx.setStorageSync('agreement', agreement.version))
  expect(later.page.data.agreed).toBe(true)
})

it.each([['an older version'], [true], [{}]])(
  'asks anew when %j is what was agreed to',
  async (stored) => {
    const { page } = await openLogin(({ wx }) => wx.setStorageSync('agreement', stored))

    expect(page.data.agreed).toBe(false)
  },
)

it('forgets a tick that is taken back', async () => {
  const { page, wechat } = await openAgreed()
  expect(wechat.state.storage.get('agreement')).toBe(JSON.stringify(agreement.version))

  page.onAgreed(unticked)
  expect(wechat.state.storage.has('agreement')).toBe(false)
  page.onAgreed(ticked)
  expect(page.data.agreed).toBe(true)
})

it('is asked on a sheet that names both texts and opens them', async () => {
  const { attachComponent, wechat } = await start()
  const sheet = await attachComponent('agreement-sheet')
  sheet.set({ way: 'phone' })
  sheet.onAgreement()
  sheet.onContract()
  sheet.onPhone(CODE)
  sheet.onAgree()
  sheet.onRefuse()

  expect(wechat.state.moves).toEqual([
    'navigateTo /pages/auth/agreement/agreement',
    'openPrivacyContract',
  ])
  expect(sheet.events).toEqual(['phone', 'agree', 'refuse'])
})

it.each([
  ['', '', /“更多资料”所示的账号主体/, /所在企业的管理员/],
  ['示例运营者', 'oa@example.com', /你与示例运营者（/, /oa@example\.com/],
])('names the operator “%s” and the contact “%s”', async (operator, contact, party, reach) => {
  const { openPage } = await start()
  const { agreement: settings } = await import('../miniprogram/config/agreement')
  Object.assign(settings, { operator, contact })
  const page = await openPage('pages/auth/agreement/agreement')
  const texts = page.data.parts.map(({ text }: { text: string }) => text)

  expect(page.data.version).toContain(settings.version)
  expect(texts.at(0)).toMatch(party)
  expect(texts.at(-1)).toMatch(reach)
  expect(texts.join()).not.toMatch(/\{\w+\}/)
})

it('is a page that the sign-in page opens', async () => {
  const { page, wechat } = await openLogin()
  page.onAgreement()

  expect(wechat.state.moves).toEqual(['navigateTo /pages/auth/agreement/agreement'])
})
