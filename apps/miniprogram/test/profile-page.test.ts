import { expect, it } from 'vitest'
import { failed, ok, PROFILE, startApi } from './support/api'
import { signedIn, start } from './support/start'
import { until } from './support/until'

const PAGE = 'pages/ucenter/profile/profile'
const STALE = 504
const submit = (nickName: string) => ({ detail: { value: { nickName } } })

const openLoaded = async (profile: object = {}) => {
  const api = await startApi()
  api.validTokens.add('token-0')
  api.answers['/wx/user/profile'] = ok({ ...PROFILE, ...profile })
  const running = await start({ base: api.base, prepare: signedIn(api.base) })
  const page = await running.openPage(PAGE)
  await until(() => page.data.isLoaded)

  return { api, page, ...running }
}

it('saves what was entered, for the version that was loaded', async () => {
  const { api, page, wechat } = await openLoaded({ birthday: '1990-01-31' })
  page.onGender({ detail: { value: '2' } })
  page.onClearBirthday()
  await page.onSubmit(submit(' 新名 '))

  expect(api.calls.at(-1)).toMatchObject({
    method: 'POST',
    path: '/wx/user/profile',
    body: { version: PROFILE.version, nickName: '新名', gender: 2, birthday: null },
  })
  expect(wechat.state.toasts.at(-1)).toBe('已保存')
})

it('sends no empty name', async () => {
  const { api, page, wechat } = await openLoaded()
  const before = api.calls.length
  await page.onSubmit(submit('  '))

  expect(api.calls).toHaveLength(before)
  expect(wechat.state.toasts.at(-1)).toBe('昵称不能为空')
})

it('loads the profile again when it was changed elsewhere, and says so', async () => {
  const { api, page } = await openLoaded()
  const later = { ...PROFILE, nickName: '别处', version: '2026-11-22T08:00:00.000Z' }
  api.script(({ method, path }) => {
    if (path !== '/wx/user/profile') return undefined
    return method === 'POST' ? failed(409, STALE) : ok(later)
  })
  await page.onSubmit(submit('这里'))

  expect(page.data).toMatchObject({ nickName: '别处', failure: { errno: STALE }, saving: false })
  api.script(() => undefined)
  await page.onSubmit(submit('这里'))
  expect(api.calls.at(-1)?.body).toMatchObject({ version: later.version })
})

it('uploads a chosen picture at once and shows it, whatever was typed', async () => {
  const { api, page, wechat } = await openLoaded()
  page.onGender({ detail: { value: '1' } })
  await page.onPicture({ detail: { avatarUrl: 'wxfile://tmp_1.png' } })

  expect(wechat.state.uploads).toMatchObject([
    { url: `${api.base}/wx/user/avatar`, filePath: 'wxfile://tmp_1.png', name: 'file' },
  ])
  expect(page.data).toMatchObject({
    gender: 1,
    avatarUrl: expect.stringContaining('/wx/pictures/'),
  })
  await page.onSubmit(submit('名字'))
  expect(api.calls.at(-1)?.body).toMatchObject({ version: '2026-11-22T08:00:00.000Z', gender: 1 })
})

it('does nothing when no picture was chosen', async () => {
  const { page, wechat } = await openLoaded()
  await page.onPicture({ detail: {} })

  expect(wechat.state.uploads).toEqual([])
})

it('says why a picture was refused, and keeps the old one', async () => {
  const { api, page } = await openLoaded()
  api.script(({ path }) => (path === '/wx/user/avatar' ? failed(413, 710) : undefined))
  await page.onPicture({ detail: { avatarUrl: 'wxfile://tmp_1.png' } })

  expect(page.data).toMatchObject({ avatarUrl: '', failure: { errno: 710 }, uploading: false })
})

it.each([
  "uploadFile:fail file doesn't exist",
  'uploadFile:fail createUploadTask:fail file not found',
])('asks to choose a picture again that is gone: %s', async (errMsg) => {
  const { page, wechat } = await openLoaded()
  wechat.state.uploadFails = errMsg
  await page.onPicture({ detail: { avatarUrl: 'wxfile://tmp_gone.png' } })

  expect(page.data).toMatchObject({
    uploading: false,
    failure: { errmsg: '选择的图片已失效，请重新选择' },
  })
})

it.each([
  ['name', '昵称未通过'],
  ['picture', '头像未通过'],
])('tells what WeChat refused: the %s', async (notice, text) => {
  const { page } = await openLoaded({ notice })

  expect(page.data.notice).toContain(text)
})
