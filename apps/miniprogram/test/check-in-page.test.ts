import { expect, it } from 'vitest'
import { meetingIn } from '../miniprogram/meetings/scene'
import { pictureAt } from '../miniprogram/packages/meeting/code/shown'
import { failed, ok, startApi } from './support/api'
import { attendant, ID, ME, meeting, tapOn } from './support/meetings'
import { openSignedIn, signedIn, start } from './support/start'
import { until } from './support/until'

const PAGE = 'pages/meeting/check_in/check_in'
const CODE_PAGE = 'packages/meeting/code/code'
const PATH = '/wx/meeting/check_in'
const CODE = `OA1.${'a'.repeat(40)}`
const AT = new Date(2026, 11, 1, 9, 58).toISOString()
const RESULT = { meetingId: ID, checkedInAt: AT, status: 'present' }

const open = async (answer: unknown = ok(RESULT), seen: string | null | 'dark' = CODE) => {
  const api = await startApi()
  api.answers[PATH] = answer as never
  api.answers[`/wx/meeting/${ID}`] = ok(meeting())
  api.validTokens.add('token-0')
  const running = await start({ base: api.base, prepare: signedIn(api.base) })
  running.wechat.state.scan = seen === 'dark' ? undefined : seen
  running.pages.push({})
  const page = await running.openPage(PAGE, { scan: '1' })
  const { state } = running.wechat
  await until(() => page.data.done || page.data.failure || seen === null || page.data.noCamera)

  return { api, page, state, ...running }
}

it('scans at once, from the camera alone, and shows when', async () => {
  const { api, page, state } = await open()
  await until(() => page.data.meetingTitle)

  expect(state.scans).toMatchObject([{ onlyFromCamera: true, scanType: ['qrCode'] }])
  expect(api.to(PATH).map(({ body }) => body)).toEqual([{ code: CODE }])
  expect(page.data).toMatchObject({ done: '已签到 09:58 · 准时', meetingTitle: '周例会' })
  page.onMeeting()
  expect(state.moves).toContain(`navigateTo /pages/meeting/detail/detail?id=${ID}`)
})

it('does not scan again by itself, and sends nothing when the user closes the scanner', async () => {
  const { api, page, state } = await open(ok(RESULT), null)
  await page.onShow()

  expect(state.scans).toHaveLength(1)
  expect(api.to(PATH)).toEqual([])
  expect(page.data).toMatchObject({ done: '', failure: null, noCamera: false })
})

it('says so when the camera does not open', async () => {
  const { page } = await open(ok(RESULT), 'dark')
  expect(page.data.noCamera).toBe(true)
})

it('offers to scan anew for a code that is too old, and to repeat after a lost answer', async () => {
  const { api, page, state } = await open(failed(400, 730))
  expect(page.data).toMatchObject({ failure: { errno: 730 }, mayRepeat: false })
  await page.onOnline()
  expect(api.to(PATH)).toHaveLength(1)

  api.answers[PATH] = 'cut'
  await page.onScan()
  expect(page.data).toMatchObject({ failure: { errno: -1 }, mayRepeat: true })
  state.scan = 'another code'
  api.answers[PATH] = ok({ ...RESULT, status: 'late' })
  await page.onRepeat()
  expect(api.to(PATH).map(({ body }) => body)).toEqual([
    { code: CODE },
    { code: CODE },
    { code: CODE },
  ])
  expect(page.data).toMatchObject({ done: '已签到 09:58 · 迟到', isLate: true, failure: null })
})

it.each([
  [{ id: ID }, ID],
  [{ scene: 'm%3DAZOKXnwdcACAAAAAAAAAAQ' }, '01938a5e-7c1d-7000-8000-000000000001'],
  [{ scene: 'm%3D_____-----_____-----_w' }, 'ffffffff-efbe-fbef-ffff-fffefbefbeff'],
  [{ scene: 'i%3DAZOKXnwdcACAAAAAAAAAAQ' }, ''],
  [{ scene: 'm%3Dshort' }, ''],
  [{ scene: '%' }, ''],
  [{}, ''],
])('of %o the meeting is “%s”', (query, id) => {
  expect(meetingIn(query as Record<string, string>)).toBe(id)
})

const shown = (from: number) => ({
  codes: [0, 5, 10].map((after) => ({
    text: `OA1.${after}`,
    svg: `svg-${after}`,
    from: new Date(from + after * 1_000).toISOString(),
  })),
  now: new Date(from + 2_000).toISOString(),
  everyMs: 5_000,
  present: 1,
  people: 3,
})

it('shows each code from its time on by the time that passed, and none after the last', () => {
  const kept = { result: shown(1_800_000_000_000), at: 500 }
  const at = (ms: number) => pictureAt(kept, 500 + ms)
  expect([0, 2_999, 3_000, 7_999, 8_000, 12_999, 13_000].map(at)).toEqual([
    ...['svg-0', 'svg-0', 'svg-5', 'svg-5', 'svg-10', 'svg-10'],
    '',
  ])
})

const openCode = async () => {
  const api = await startApi()
  api.answers[`/wx/meeting/${ID}/check_in_code`] = ok(shown(Date.now() - 2_000))
  api.answers[`/wx/meeting/${ID}`] = ok(meeting({ may: ['check_in', 'show_code'] }))
  const running = await openSignedIn(api, CODE_PAGE, () => {}, { id: ID })
  await until(() => running.page.data.svg && running.page.data.mayCheckIn)

  return running
}

it('keeps the screen on while the host shows the code, and lets the host check in, too', async () => {
  const { api, page, wechat } = await openCode()
  expect(page.data).toMatchObject({ svg: 'svg-0', counts: '已到 1 / 3', ended: '' })
  expect(wechat.state.keepsScreenOn).toBe(true)
  api.answers[PATH] = ok(RESULT)
  await page.onCheckMe()
  expect(api.to(PATH).map(({ body }) => body)).toEqual([{ code: 'OA1.0' }])
  expect(page.data.mayCheckIn).toBe(false)
  page.onUnload()
  expect(wechat.state.keepsScreenOn).toBe(false)
})

it('makes the same link for a request whose answer was lost, copies and closes it', async () => {
  const { api, page, wechat } = await openCode()
  const path = `/wx/meeting/${ID}/screen`
  api.answers[path] = 'cut'
  await page.onScreen()
  api.answers[path] = ok({ url: 'https://oa.example.com/screen/abc', expiresAt: AT })
  await page.onScreen()
  const [first, second] = api.to(path).map(({ body }) => body)
  expect(first).toEqual(second)
  await page.onCopy()
  expect(wechat.state.clipboard).toBe('https://oa.example.com/screen/abc')
  api.answers[path] = ok({})
  await page.onCloseLink()
  expect(page.data.url).toBe('')
  page.onUnload()
})

it('shows no code once the meeting is over, and goes on through a short loss of the network', async () => {
  const { api, page } = await openCode()
  const path = `/wx/meeting/${ID}/check_in_code`
  api.answers[path] = 'cut'
  await page.ask()
  expect(page.data).toMatchObject({ svg: 'svg-0', failure: null })
  api.answers[path] = failed(409, 729)
  await page.ask()
  expect(page.data).toMatchObject({ svg: '', ended: '签到已结束' })
  page.onUnload()
})

it('records by hand that somebody is there, with a reason, and repeats what failed', async () => {
  const api = await startApi()
  const path = `/wx/meeting/${ID}/check_in_by_hand`
  const person = attendant({ memberId: ME.id, status: 'unknown', seen: true })
  api.answers[`/wx/meeting/${ID}`] = ok(meeting({ may: ['check_in_by_hand'] }))
  api.answers[`/wx/meeting/${ID}/people`] = ok({ items: [person] })
  const { page, wechat } = await openSignedIn(api, 'packages/meeting/people/people', () => {}, {
    id: ID,
  })
  await until(() => page.data.isLoaded && page.data.mayMark)

  wechat.state.modalText = ''
  await page.onMark(tapOn({ id: ME.id }))
  expect(api.to(path)).toEqual([])
  wechat.state.modalText = '手机没电'
  api.answers[path] = 'cut'
  await page.onMark(tapOn({ id: ME.id }))
  expect(page.data.failure).toMatchObject({ errno: -1 })
  api.answers[path] = ok({ status: 'present' })
  api.answers[`/wx/meeting/${ID}/people`] = ok({
    items: [
      {
        ...person,
        status: 'present',
        checkedInAt: AT,
        checkInWay: 'hand',
        checkInBy: '李雷',
        checkInReason: '手机没电',
      },
    ],
  })
  await page.onRetry()

  const sent = { memberId: ME.id, present: true, reason: '手机没电' }
  expect(api.to(path).map(({ body }) => body)).toEqual([sent, sent])
  expect(page.data.rows).toMatchObject([
    { presence: '已到', byHand: '李雷 补签：手机没电', isThere: true },
  ])
})
