import { describe, expect, it } from 'vitest'
import { meetingActions } from './support/meeting-actions.ts'
import { foundCompany, inHours } from './support/meeting-company.ts'
import {
  CHECK_IN,
  CHECK_IN_CODE,
  FAILURE,
  HOME,
  MEETING,
  MEETING_PEOPLE,
  RETRY,
} from './support/pages.ts'
import { useWorld } from './support/world.ts'

describe('check-in', () => {
  const world = useWorld()
  /** A meeting that goes on, led by a colleague or by the user. */
  const inMeeting = async ({ leads = false } = {}) => {
    const owner = await world.api.signInElsewhere(`owner-${world.person}`)
    const company = await foundCompany(world, owner)
    const me = await company.join(await world.signIn('小明'), '小明')
    const lei = await company.hire('李雷')
    const host = leads ? me.token : lei.token
    await company.appoint(leads ? me : lei, 'organizer')
    const id = await company.announce(host, {
      startsAt: inHours(0.2),
      endsAt: inHours(2),
      participantIds: [me.memberId, lei.memberId],
    })
    await company.act(host, id, 'start')

    return { company, me, lei, host, id, owner }
  }
  const count = async ({ company, host, id }: Awaited<ReturnType<typeof inMeeting>>) =>
    (await company.read(host, id)).counts.present

  it('takes two taps on the day of the meeting, and is done once', async () => {
    const { phone } = world
    const there = await inMeeting()
    await phone.open(HOME)
    await phone.tap('.check-in')
    await phone.isOn(CHECK_IN)
    await phone.scan(await there.company.code(there.host, there.id))
    await phone.sees('.done', '已签到')
    await phone.sees('.when', '准时')
    await phone.sees('.meeting-title', '周例会')
    expect(await count(there)).toBe(1)

    await phone.tap('.to-meeting')
    await phone.isOn(MEETING)
    await phone.sees('.checked-in', '准时')
    await phone.seesNo('.check-in')
  })

  it('survives a lost answer: repeated, it is the same check-in', async () => {
    const { phone, gate } = world
    const there = await inMeeting()
    await phone.open(HOME)
    await phone.tap('.check-in')
    await phone.isOn(CHECK_IN)
    gate.become('one-way')
    await phone.scan(await there.company.code(there.host, there.id))
    await phone.sees(FAILURE, '网络')
    expect(await count(there)).toBe(1)
    gate.become('open')
    await phone.tap(RETRY)
    await phone.sees('.done', '已签到')
    expect(await count(there)).toBe(1)
  })

  it('by a code that is no code of now, or of somebody else’s meeting, says what to do', async () => {
    const { phone } = world
    const there = await inMeeting()
    await phone.open(HOME)
    await phone.tap('.check-in')
    await phone.isOn(CHECK_IN)
    await phone.scan(`OA1.${'A'.repeat(40)}`)
    await phone.sees(FAILURE, '签到码已失效')
    await phone.seesNo(RETRY)
    const others = await there.company.announce(there.host, {
      startsAt: inHours(0.2),
      endsAt: inHours(2),
      participantIds: [(await there.company.hire('王芳')).memberId],
    })
    await there.company.act(there.host, others, 'start')
    await phone.tap('.scan')
    await phone.scan(await there.company.code(there.host, others))
    await phone.sees(FAILURE, '不在这场会议的参会名单中')
    await phone.tap('.scan')
    await phone.scan(await there.company.code(there.host, there.id))
    await phone.sees('.done', '已签到')
  })

  it('is led by the host: code, link, people by hand, and the end', async () => {
    const { phone } = world
    const there = await inMeeting({ leads: true })
    const { company, lei, me, id } = there
    const { openMeeting, decide } = meetingActions(world)
    await openMeeting(id)
    await phone.tap('.show-code')
    await phone.isOn(CHECK_IN_CODE)
    await phone.sees('.counts', '已到 0 / 2')
    expect(await (await phone.find('.code')).attribute('src')).toContain('data:image/svg+xml')
    await phone.tap('.check-me')
    await phone.sees('.counts', '已到 1 / 2')
    await phone.seesNo('.check-me')
    await phone.tap('.screen')
    await phone.sees('.url', '/screen/')
    const [url = ''] = await phone.texts('.url')
    const state = () => world.api.call('GET', `${new URL(url).pathname}/state`)
    const shown = await state()
    expect(shown).toMatchObject({ errno: 0, data: { title: '周例会', present: 1, people: 2 } })
    await phone.tap('.close-link')
    await phone.answerModal(true)
    await phone.seesNo('.url')
    expect(await state()).toMatchObject({ status: 404, errno: 724 })

    await phone.tap('.to-people')
    await phone.isOn(MEETING_PEOPLE)
    await phone.sees('.presence', '准时')
    await (await phone.find(['.filters', '.filter:nth-child(8)'])).tap()
    await phone.sees('.person-name', '李雷')
    const program = phone.program()
    const answer = { confirm: true, cancel: false, content: '手机没电' }
    await program.mockWxMethod('showModal', answer)
    await phone.tap('.correct')
    await phone.seesNo('.person')
    await program.restoreWxMethod('showModal')
    await (await phone.find(['.filters', '.filter:nth-child(6)'])).tap()
    await phone.sees('.by-hand', '手机没电')
    expect(await count(there)).toBe(2)

    await openMeeting(id)
    await phone.sees('.people', '已到 2 / 2')
    await decide('.end')
    await phone.sees('.state', '已结束')
    await phone.seesNo('.show-code')
    const late = await world.api.call('POST', '/wx/meeting/check_in', {
      token: lei.token,
      body: { code: `OA1.${'A'.repeat(40)}` },
    })
    expect([late.errno, (await company.read(me.token, id)).state]).toEqual([730, 'ended'])
  })
})
