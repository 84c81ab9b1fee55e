import { afterAll, beforeAll, expect, it } from 'vitest'
import { createCheckInCodes } from '../src/attendance/code.ts'
import { describeOnEachEngine } from './database/engines.ts'
import { queryRows } from './database/query.ts'
import { untilItHolds } from './support/eventually.ts'
import { inHours, meetingTools } from './support/meetings.ts'
import type { TestApi } from './support/start-test-api.ts'
import { startTestApi } from './support/start-test-api.ts'

const MINUTE_MS = 60_000
const DAY_MINUTES = 1_440

describeOnEachEngine('Attendance', (engine) => {
  let api: TestApi
  let tools: ReturnType<typeof meetingTools>
  beforeAll(async () => {
    const { url } = await engine.create()
    api = await startTestApi({ env: url === undefined ? {} : { DATABASE_URL: url } })
    tools = meetingTools(api)
  }, 60_000)
  afterAll(() => api.close())

  const rowsOf = (statement: string) => queryRows(api.config.database, statement)
  /** Moves a column of a meeting to so many minutes from now, as if time had passed. */
  const setTime = (id: string, column: string, minutes: number) => {
    const text = new Date(Date.now() + minutes * MINUTE_MS).toISOString().slice(0, -1)
    const at = engine.kind === 'mysql' ? text.replace('T', ' ') : `${text}+00:00`
    return rowsOf(`UPDATE meeting SET ${column} = '${at}' WHERE public_id = '${id}'`)
  }
  /** A meeting that is announced, called by a member. */
  const announce = async <Name extends string>(names: Name[], startsAt = inHours(0.2)) => {
    const team = await tools.newTeam<Name | '主持'>('主持', ...names)
    const host = team.people.主持.token
    const participantIds = names.map((name) => team.people[name].memberId)
    const id = await tools.announce(host, { startsAt, endsAt: inHours(23), participantIds })
    const code = async () => (await tools.showCode(host, id)).data.codes[0]?.text ?? ''
    return { ...team, host, id, code }
  }
  /** The same, begun. */
  const begin = async <Name extends string>(...names: Name[]) => {
    const meeting = await announce(names)
    expect((await tools.act(meeting.host, meeting.id, 'start')).errno).toBe(0)
    return meeting
  }
  const statuses = async (token: string, id: string, query = '') => {
    const { items } = (await tools.people(token, id, query)).data
    return Object.fromEntries(items.map(({ name, status }) => [name, status]))
  }
  /** A code as this server made it so long ago. */
  const codeOfAge = (id: string, ms: number) =>
    createCheckInCodes(api.config.sessionKeys).draw(id, Date.now() - ms)

  it('is recorded by the code that the host shows, once', async () => {
    const { people, host, id, code } = await begin('李明', '王芳')
    const shown = await tools.showCode(host, id)
    expect(shown.data).toMatchObject({ everyMs: 5_000, present: 0, people: 3 })
    expect(shown.data.codes).toHaveLength(3)
    expect(shown.data.codes.every(({ svg }) => svg.startsWith('data:image/svg+xml;base64,'))).toBe(
      true,
    )

    const first = await tools.checkIn(people.李明.token, await code())
    const again = await tools.checkIn(people.李明.token, await code())

    expect(first.data).toMatchObject({ meetingId: id, status: 'present' })
    expect(again.data).toEqual(first.data)
    const { data } = await tools.read(people.李明.token, id)
    expect(data.details).toMatchObject({
      myCheckedInAt: first.data.checkedInAt,
      myStatus: 'present',
    })
    expect(data.counts.present).toBe(1)
    const cards = async (token: string) =>
      (await tools.home(token)).data.infoList.map(({ myCheckedIn }) => myCheckedIn)
    expect(await cards(people.李明.token)).toEqual([true])
    expect(await cards(people.王芳.token)).toEqual([false])
    expect(data.may).not.toContain('check_in')
    expect((await tools.read(people.王芳.token, id)).data.may).toContain('check_in')
  })

  it('by a code that is too old, of a time to come, or of nobody, is refused alike', async () => {
    const { people, id } = await begin('李明')
    const { token } = people.李明
    const refused = [
      codeOfAge(id, 11_000),
      codeOfAge(id, -11_000),
      'OA1.',
      'https://oa.example.com',
    ]
    const answers = await Promise.all(refused.map((code) => tools.checkIn(token, code)))

    for (const { status, text } of answers) {
      expect([status, text]).toEqual([400, answers[0]?.text])
    }
    expect(answers[0]?.errno).toBe(730)
    expect((await tools.read(token, id)).data.details?.myCheckedInAt).toBeNull()
  })

  it('stays as it was when the answer was lost and the code is too old by now', async () => {
    const { people, id, code } = await begin('李明', '王芳')
    const first = await tools.checkIn(people.李明.token, await code())
    const old = codeOfAge(id, 60_000)

    expect((await tools.checkIn(people.李明.token, old)).data).toEqual(first.data)
    expect((await tools.checkIn(people.王芳.token, old)).errno).toBe(730)
  })

  it('begins half an hour before the start, and is over with the meeting', async () => {
    const { people, host, id } = await announce(['李明', '王芳', '张三'], inHours(2))
    const { token } = people.李明
    expect(await tools.checkIn(token, codeOfAge(id, 0))).toMatchObject({ status: 409, errno: 729 })
    expect(await tools.showCode(host, id)).toMatchObject({ errno: 729 })
    expect((await tools.read(token, id)).data.may).toEqual(['reply'])

    await setTime(id, 'starts_at', 29)
    expect((await tools.checkIn(token, codeOfAge(id, 0))).data).toMatchObject({ status: 'present' })
    await setTime(id, 'starts_at', -4)
    expect(await tools.checkIn(people.王芳.token, codeOfAge(id, 0))).toMatchObject({ errno: 0 })

    expect((await tools.act(host, id, 'end')).errno).toBe(0)
    expect(await tools.checkIn(people.张三.token, codeOfAge(id, 0))).toMatchObject({ errno: 729 })
    expect(await statuses(host, id)).toEqual({
      主持: 'absent',
      李明: 'present',
      王芳: 'present',
      张三: 'absent',
    })
    expect((await tools.read(people.张三.token, id)).data.may).toEqual([])
  })

  it('is late by what the company had set when the meeting was called, and leave is no absence', async () => {
    const { owner, people, host, id } = await begin('李明', '王芳', '张三')
    await setTime(id, 'starts_at', -6)
    type Policy = { version: number }
    const { version } = (await api.call<Policy>('/wx/admin/policy', { token: owner })).data
    const body = { version, lateAfterMin: 60 }
    expect(
      await api.call('/wx/admin/policy', { method: 'POST', token: owner, body }),
    ).toMatchObject({ errno: 0 })

    const late = await tools.checkIn(people.李明.token, codeOfAge(id, 0))
    expect(late.data).toMatchObject({ status: 'late' })
    await rowsOf(`UPDATE meeting_participant SET reply = 2 WHERE member_id =
      (SELECT id FROM org_member WHERE public_id = '${people.王芳.memberId}')`)
    expect(await statuses(host, id)).toEqual({
      主持: 'unknown',
      李明: 'late',
      王芳: 'on_leave',
      张三: 'unknown',
    })
    expect(await statuses(host, id, '?filter=late')).toEqual({ 李明: 'late' })
    expect(await statuses(host, id, '?filter=present')).toEqual({ 李明: 'late' })
    expect(Object.keys(await statuses(host, id, '?filter=missing'))).toEqual([
      '主持',
      '王芳',
      '张三',
    ])
    // Who takes part knows of others only that they were invited.
    expect(await statuses(people.张三.token, id)).toEqual({
      主持: null,
      李明: null,
      王芳: null,
      张三: 'unknown',
    })
    expect(await tools.people(people.张三.token, id, '?filter=late')).toMatchObject({ errno: 506 })
  })

  it('is corrected by hand with a reason, shown as such and kept in the record of the company', async () => {
    const { owner, people, host, id } = await begin('李明')
    const { memberId, token } = people.李明
    await setTime(id, 'starts_at', -60)
    const mark = (present: boolean) => tools.checkInByHand(host, id, memberId, present)
    const shown = async () => (await tools.people(host, id)).data.items.find(isHim)
    const isHim = (one: { memberId: string }) => one.memberId === memberId

    expect((await mark(true)).data).toEqual({ status: 'present' })
    const first = await shown()
    expect(first).toMatchObject({
      checkInWay: 'hand',
      checkInBy: '主持',
      checkInReason: '手机没电',
    })
    expect((await mark(true)).data).toEqual({ status: 'present' })
    expect(await shown()).toEqual(first)
    expect((await tools.checkIn(token, codeOfAge(id, 0))).data.checkedInAt).toBe(first?.checkedInAt)

    expect((await mark(false)).data).toEqual({ status: 'unknown' })
    expect(await shown()).toMatchObject({
      checkedInAt: null,
      checkInWay: 'undone',
      checkInBy: '主持',
    })
    expect((await mark(false)).data).toEqual({ status: 'unknown' })
    type Audit = { items: { kind: string; actor: string | null; detail: string }[] }
    const audit = await api.call<Audit>(`/wx/admin/audit?subject=${id}`, { token: owner })
    const recorded = audit.data.items.filter(({ kind }) => kind === 'attendance')
    expect(recorded.map(({ detail }) => detail)).toEqual([
      `undone ${memberId}`,
      `checked in ${memberId}`,
    ])
    // A corrected row can be checked in by the code again: who scans it is there.
    expect((await tools.checkIn(token, codeOfAge(id, 0))).data).toMatchObject({ status: 'late' })
    expect(await shown()).toMatchObject({ checkInWay: 'code', checkInReason: null })
  })

  it('can be corrected for seven days after the end', async () => {
    const { people, host, id } = await begin('李明')
    expect((await tools.act(host, id, 'end')).errno).toBe(0)
    await setTime(id, 'ended_at', -7 * DAY_MINUTES + 5)
    const { memberId } = people.李明
    expect((await tools.checkInByHand(host, id, memberId)).data).toEqual({ status: 'present' })

    await setTime(id, 'ended_at', -7 * DAY_MINUTES - 5)
    expect(await tools.checkInByHand(host, id, memberId, false)).toMatchObject({ errno: 729 })
    expect((await tools.read(host, id)).data.may).not.toContain('check_in_by_hand')
    expect(await statuses(host, id, '?filter=present')).toEqual({ 李明: 'present' })
  })

  it('by hand knows nobody who is not invited, or of another company', async () => {
    const { owner, host, id } = await begin('李明')
    const other = await tools.newMember(owner, '未受邀')
    const stranger = (await tools.newTeam('路人')).people.路人.memberId
    for (const memberId of [other.memberId, stranger]) {
      expect(await tools.checkInByHand(host, id, memberId)).toMatchObject({ errno: 708 })
    }
  })

  it('of a meeting that is moved is asked for anew', async () => {
    const { people, host, id } = await announce(['李明'])
    expect(await tools.checkIn(people.李明.token, codeOfAge(id, 0))).toMatchObject({ errno: 0 })

    const { version } = (await tools.read(host, id)).data
    const moved = await tools.update(host, id, { version, startsAt: inHours(5) })
    expect(moved.data.repliesReset).toBe(true)

    const { data } = await tools.read(people.李明.token, id)
    expect(data.counts.present).toBe(0)
    expect(data.details).toMatchObject({ myCheckedInAt: null, myStatus: 'unknown' })
  })

  it('takes ten attempts a minute from a person', async () => {
    const { people, host, id } = await begin('李明')
    const { token } = people.李明
    const errnos = []
    for (let attempt = 0; attempt < 10; attempt += 1) {
      errnos.push((await tools.checkIn(token, 'OA1.')).errno)
    }
    expect(new Set(errnos)).toEqual(new Set([730]))
    expect(await tools.checkIn(token, codeOfAge(id, 0))).toMatchObject({ status: 429, errno: 706 })
    // By hand the organisers still can.
    expect(await tools.checkInByHand(host, id, people.李明.memberId)).toMatchObject({ errno: 0 })
  })

  it('is told live to who sees the meeting, and at once no more to who is suspended', async () => {
    const { owner, people, id } = await begin('李明')
    const { token, memberId } = people.李明
    expect((await tools.live(token, id)).data).toEqual({
      state: 'running',
      voting: false,
      present: 0,
      people: 2,
    })
    const { items } = (await tools.allMembers(owner)).data
    const version = items.find((one) => one.id === memberId)?.version ?? 0
    await tools.change(owner, memberId, { version, state: 'suspended' })

    expect(await tools.live(token, id)).toMatchObject({ status: 404, errno: 708 })
  })

  it('is shown to the room by a link that names nobody, until it is closed or the meeting ends', async () => {
    const { people, host, id, code } = await begin('李明')
    const drawn = '01938a5e-7c1d-4000-8000-000000000001'
    const { url } = (await tools.makeScreen(host, id, drawn)).data
    expect((await tools.makeScreen(host, id, drawn)).data.url).toBe(url)
    const token = url.split('/').at(-1) ?? ''
    expect(token).toMatch(/^[A-Za-z0-9_-]{22}$/)
    expect(JSON.stringify(await rowsOf('SELECT * FROM meeting_screen'))).not.toContain(token)

    const page = await fetch(url)
    expect(page.headers.get('content-type')).toContain('text/html')
    const policy = page.headers.get('content-security-policy') ?? ''
    expect(policy).toMatch(/^default-src 'none'; script-src 'sha256-[^;' ]+'; style-src 'sha256-/)
    expect(policy).not.toContain('unsafe')

    await tools.checkIn(people.李明.token, (await tools.screenState(url)).data.codes[0]?.text ?? '')
    const state = await tools.screenState(url)
    expect(state.data).toMatchObject({ title: '周例会', state: 'running', people: 2, late: 0 })
    expect(state.data.codes[0]?.text).toBe(await code())
    expect(state.text).not.toContain('李明')
    expect(state.text).not.toContain('主持')

    const another = (await tools.makeScreen(host, id)).data.url
    expect((await tools.act(host, id, 'end')).errno).toBe(0)
    // What is shown is at most a second old; the code itself is refused at once.
    await untilItHolds(async () => {
      const shown = (await tools.screenState(another)).data
      expect([shown.state, shown.codes.length]).toEqual(['ended', 0])
    })
    expect(await tools.makeScreen(host, id)).toMatchObject({ errno: 727 })

    expect(await tools.closeScreens(host, id)).toMatchObject({ errno: 0 })
    expect(await tools.closeScreens(host, id)).toMatchObject({ errno: 0 })
    for (const closed of [url, another]) {
      expect(await tools.screenState(closed)).toMatchObject({ status: 404, errno: 724 })
    }
  })

  it('has a mini-program code on the screen, and none while WeChat is away', async () => {
    const { host, id } = await begin('李明')
    const { url } = (await tools.makeScreen(host, id)).data
    const { control } = api.simulator
    await control.addFault({ path: '/wxa/getwxacodeunlimit', times: 0, status: 500 })
    expect((await fetch(`${url}/picture`)).status).toBe(503)
    await control.clearFaults()

    const picture = await fetch(`${url}/picture`)
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/png'])
  })

  it('leaves neither codes nor links in the log', async () => {
    const { people, host, id, code } = await begin('李明')
    const { url } = (await tools.makeScreen(host, id)).data
    const text = await code()
    await tools.checkIn(people.李明.token, text)
    await tools.checkIn(people.李明.token, `${text.slice(0, -1)}-`)
    await tools.screenState(url)
    await fetch(url)

    const log = api.logs.text()
    expect(log).toContain('/wx/meeting/check_in')
    expect(log).toContain('/screen/:token/state')
    expect(log).not.toContain(text.slice(4, 40))
    expect(log).not.toContain(url.split('/').at(-1))
  })

  it('that was acknowledged before the end is there after it, and nothing after it is taken', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `参会${index}`)
    const { people, host, id } = await begin(...names)
    const { version } = (await tools.read(host, id)).data
    const some = names.slice(0, 30).map((name) => people[name]?.token ?? '')
    const rest = names.slice(30).map((name) => people[name]?.token ?? '')

    const casts = some.map((token) => tools.checkIn(token, codeOfAge(id, 0)))
    const [ended, ...answers] = await Promise.all([
      Promise.race(casts).then(() => tools.act(host, id, 'end', { version })),
      ...casts,
    ])
    const after = await Promise.all(rest.map((token) => tools.checkIn(token, codeOfAge(id, 0))))

    expect(ended.errno).toBe(0)
    expect(answers.map(({ errno }) => errno).filter((errno) => ![0, 729].includes(errno))).toEqual(
      [],
    )
    expect(new Set(after.map(({ errno }) => errno))).toEqual(new Set([729]))
    const { counts } = (await tools.read(host, id)).data
    expect(counts.present).toBe(answers.filter(({ errno }) => errno === 0).length)
  }, 60_000)
})
