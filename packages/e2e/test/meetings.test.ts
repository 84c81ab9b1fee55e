import { describe, expect, it } from 'vitest'
import { meetingActions } from './support/meeting-actions.ts'
import { foundCompany, inHours } from './support/meeting-company.ts'
import {
  CARD,
  CARD_TITLE,
  CENTRE,
  EDIT_MEETING,
  FAILURE,
  HOME,
  MEETING,
  MEETING_PEOPLE,
  MEETINGS,
  NOTICES,
  PICK_ROOM,
  RETRY,
} from './support/pages.ts'
import { voteActions } from './support/vote-actions.ts'
import { votesOf } from './support/vote-company.ts'
import { useWorld } from './support/world.ts'

describe('who calls meetings', () => {
  const world = useWorld()
  /** The user owns a company with two colleagues. */
  const withCompany = async () => {
    const token = await world.signIn('小明')
    const company = await foundCompany(world, token)
    const [lei, mei] = [await company.hire('李雷'), await company.hire('韩梅梅')]

    return { token, company, lei, mei }
  }

  it('leads one through its life: call, replies, move, start, extend, end', async () => {
    const { phone } = world
    const { token, company, lei, mei } = await withCompany()
    const { callMeeting, chooseEverybody, decide, idHere, openMeeting, startAt } =
      meetingActions(world)

    await callMeeting('季度复盘')
    await startAt(inHours(3))
    await chooseEverybody()
    await phone.sees('.participants', '李雷')
    await phone.sees('.status', '草稿已保存')
    await decide('.submit')
    await phone.isOn(MEETING)
    await phone.sees('.state', '待开')
    const id = await idHere()
    expect(await company.read(token, id)).toMatchObject({ title: '季度复盘', people: 3 })

    const path = `/wx/meeting/${id}/reply`
    await company.post(lei.token, path, { sequence: 0, reply: 'yes' })
    await company.post(mei.token, path, { sequence: 0, reply: 'no', reason: '出差' })
    await openMeeting(id)
    await phone.sees('.counts', '参加 1 · 请假 1')
    await phone.tap('.to-people')
    await phone.isOn(MEETING_PEOPLE)
    await phone.sees('.person-name', '李雷')
    await (await phone.find(['.filters', '.filter:nth-child(3)'])).tap()
    await phone.sees('.person', '出差')
    await phone.program().native().navigateLeft()
    await phone.isOn(MEETING)

    await phone.tap('.update')
    await phone.isOn(EDIT_MEETING)
    await startAt(inHours(0.2))
    await decide('.submit')
    await world.told('重新回复')
    await phone.isOn(MEETING)
    await phone.sees('.counts', '未回复 3')
    expect(await company.read(token, id)).toMatchObject({ counts: { yes: 0, no: 0, none: 3 } })

    await decide('.start')
    await phone.sees('.state', '进行中')
    const { endsAt } = await company.read(token, id)
    await decide('.extend')
    await world.told('已延长')
    const extended = Date.parse((await company.read(token, id)).endsAt) - Date.parse(endsAt)
    expect(extended).toBe(15 * 60_000)
    await decide('.end')
    await phone.sees('.state', '已结束')
    expect(await company.read(token, id)).toMatchObject({ state: 'ended' })
  })

  it('is told beside the room when somebody takes it in the last second', async () => {
    const { phone } = world
    const { company, lei, token } = await withCompany()
    await company.addRoom('三楼会议室')
    await company.appoint(lei, 'organizer')
    const { callMeeting, chooseEverybody, decide } = meetingActions(world)
    await callMeeting('抢会议室')
    await chooseEverybody()
    await phone.tap('.room')
    await phone.isOn(PICK_ROOM)
    await phone.tap('.free-room')
    await phone.isOn(EDIT_MEETING)
    await phone.sees('.room', '三楼会议室')
    await phone.sees('.status', '草稿已保存')
    const { items } = await company.list(token, 'hosting')
    const draft = await company.read(token, items[0]?.id ?? '')
    await company.announce(lei.token, {
      roomId: draft.room?.id ?? '',
      startsAt: draft.startsAt,
      endsAt: draft.endsAt,
      participantIds: [(await company.hire('王芳')).memberId],
    })

    await decide('.submit')
    await phone.sees('.room-error', '已被占用')
    expect(await company.read(token, items[0]?.id ?? '')).toMatchObject({ state: 'draft' })
    await phone.tap('.room')
    await phone.isOn(PICK_ROOM)
    await phone.sees('.nothing-title', '没有空闲的会议室')
    await phone.tap('.no-room')
    await phone.isOn(EDIT_MEETING)
    await decide('.submit')
    await phone.isOn(MEETING)
    await phone.sees('.state', '待开')
  })

  it('makes one meeting, however many answers are lost', async () => {
    const { phone, gate } = world
    const { company, token } = await withCompany()
    const { callMeeting, chooseEverybody, decide } = meetingActions(world)
    await callMeeting('网络不好的会议')
    gate.become('one-way')
    await phone.sees('.status', '草稿尚未保存')
    gate.become('open')
    await chooseEverybody()
    await phone.sees('.status', '草稿已保存')
    gate.become('one-way')
    await decide('.submit')
    await phone.sees(FAILURE, '网络')
    gate.become('open')
    await phone.tap(RETRY)
    await phone.answerModal(true)
    await phone.isOn(MEETING)
    await phone.sees('.state', '待开')

    const { items } = await company.list(token, 'hosting')
    expect(items).toMatchObject([{ title: '网络不好的会议', state: 'scheduled', people: 3 }])
  })

  it('approves, rejects and cancels with a reason that others read', async () => {
    const { phone } = world
    const { company, token, lei, mei } = await withCompany()
    await company.appoint(lei, 'organizer')
    await company.requireApproval()
    const { decide, decideWith, openMeeting } = meetingActions(world)
    const auditorId = (await company.me(token)).memberId
    const call = () =>
      company.announce(lei.token, { auditorId, participantIds: [mei.memberId], title: '预算会' })
    const rejected = await call()
    await openMeeting(rejected)
    await phone.sees('.state', '待审批')
    await decideWith('.reject', '预算还没有定')
    expect(await company.read(lei.token, rejected)).toMatchObject({ state: 'rejected' })

    const approved = await call()
    await openMeeting(approved)
    await decide('.approve')
    await world.told('已通过')
    expect(await company.read(mei.token, approved)).toMatchObject({ state: 'scheduled' })
    await openMeeting(approved)
    await decideWith('.cancel', '主持人出差')
    await phone.sees('.reason', '主持人出差')
    expect(await company.read(mei.token, approved)).toMatchObject({ state: 'cancelled' })
  })
})

describe('who is invited', () => {
  const world = useWorld()
  const invited = async (changes: object = {}) => {
    const { api, person } = world
    const owner = await api.signInElsewhere(`owner-${person}`)
    const company = await foundCompany(world, owner)
    const me = await company.join(await world.signIn('小明'), '小明')
    const participantIds = [me.memberId]
    const id = await company.announce(owner, { title: '产品评审', participantIds, ...changes })

    return { owner, company, id, me }
  }

  it('finds the meeting at home and in the list, opens it and accepts', async () => {
    const { phone } = world
    const { company, owner, id } = await invited()
    await phone.open(HOME)
    await phone.sees(CARD_TITLE, '产品评审')
    await phone.open(MEETINGS)
    await phone.sees(CARD_TITLE, '产品评审')
    await phone.tap(CARD)
    await phone.isOn(MEETING)
    await phone.sees('.title', '产品评审')
    await phone.sees('.reply', '待回复')
    await phone.tap('.join')
    await phone.sees('.reply', '已确认参加')

    expect(await company.read(owner, id)).toMatchObject({ counts: { yes: 1, seen: 1 } })
  })

  it('replies once, although the answer was lost', async () => {
    const { phone, gate } = world
    const { company, owner, id } = await invited()
    await meetingActions(world).openMeeting(id)
    gate.become('one-way')
    await phone.tap('.join')
    await phone.sees(FAILURE, '网络')
    gate.become('open')
    await phone.tap(RETRY)
    await phone.sees('.reply', '已确认参加')

    expect(await company.read(owner, id)).toMatchObject({ counts: { yes: 1, none: 1 } })
  })

  it('sees the new time when the meeting was moved under the reply', async () => {
    const { phone } = world
    const { company, owner, id } = await invited()
    await meetingActions(world).openMeeting(id)
    await company.act(owner, id, 'update', { startsAt: inHours(48), endsAt: inHours(49) })
    await phone.tap('.join')
    await world.told('会议已有变更')
    await phone.sees('.reply', '待回复')
    await phone.tap('.join')
    await phone.sees('.reply', '已确认参加')
    expect(await company.read(owner, id)).toMatchObject({ counts: { yes: 1 } })
  })

  it('reads the inbox by opening what it is about, and the rest at once', async () => {
    const { phone } = world
    const { company, owner, me } = await invited()
    await company.announce(owner, { title: '周例会', participantIds: [me.memberId] })
    await phone.open(HOME)
    await phone.sees('.unread', '2')
    await phone.tap('.inbox')
    await phone.isOn(NOTICES)
    await phone.sees('.line', '邀请你参加会议')
    await phone.tap('.line')
    await phone.isOn(MEETING)
    await phone.program().native().navigateLeft()
    await phone.isOn(NOTICES)
    expect(await company.unread(me.token)).toBe(1)
    await phone.tap('.read-all')
    await phone.seesNo('.read-all')
    expect(await company.unread(me.token)).toBe(0)
  })

  it('gets from the counts of the personal centre to the lists', async () => {
    const { phone } = world
    await invited()
    await phone.open(CENTRE)
    await phone.sees(['meeting-counts', '.attending'], '1')
    await phone.tap(['meeting-counts', '.attending'])
    await phone.isOn(MEETINGS)
    await phone.sees(CARD_TITLE, '产品评审')
    await phone.open(CENTRE)
    await phone.tap(['meeting-counts', '.unread'])
    await phone.isOn(NOTICES)
  })

  it('still sees the last list without a network, and when it was', async () => {
    const { phone, gate } = world
    await invited()
    await phone.open(MEETINGS)
    await phone.sees(CARD_TITLE, '产品评审')
    gate.become('down')
    await phone.open(MEETINGS)
    await phone.sees('.kept', '今天')
    await phone.sees(CARD_TITLE, '产品评审')
    gate.become('open')
    await phone.tap(RETRY)
    await phone.seesNo('.kept')
  })
})

describe('somebody else', () => {
  const world = useWorld()

  it('sees of a shared card that there is nothing, and how to be invited', async () => {
    const { phone, api, person } = world
    const owner = await api.signInElsewhere(`owner-${person}`)
    const company = await foundCompany(world, owner)
    const participantIds = [(await company.hire('李雷')).memberId]
    const id = await company.announce(owner, { title: '机密评审', participantIds })
    await world.signIn('路人')
    await phone.program().callWxMethod('reLaunch', { url: `/${MEETING}?id=${id}` })
    await phone.sees('.guest-title', '没有找到这个会议')
    await phone.sees('.missing', '邀请')
    await phone.tap('.go-home')
    await phone.isOn(HOME)
    expect(JSON.stringify(await (await phone.page()).data())).not.toContain('机密评审')
  })
})

describe('while WeChat is down', () => {
  const world = useWorld({ own: true })

  it('members read, reply and vote, and a meeting waits as a draft until WeChat can judge it', async () => {
    const { phone, wechat } = world
    const token = await world.signIn('小明')
    const company = await foundCompany(world, token)
    const { memberId } = await company.hire('李雷')
    const known = await company.announce(token, { participantIds: [memberId] })
    const vote = await votesOf(company).open(token)
    for (const path of ['/sns/jscode2session', '/wxa/msg_sec_check']) {
      await wechat.addFault({ path, times: 0, reset: true })
    }
    const { callMeeting, chooseEverybody, decide, openMeeting } = meetingActions(world)
    const { castFinal, openVote } = voteActions(world)
    await openMeeting(known)
    await phone.tap('.join')
    await phone.sees('.reply', '已确认参加')
    await openVote(vote)
    await castFinal(1)
    await phone.sees('.mine', '您的票已计入')
    await callMeeting('微信不在时的会议')
    await chooseEverybody()
    await decide('.submit')
    await phone.sees(FAILURE, '微信服务暂时不可用')
    expect(await company.list(token, 'hosting')).toMatchObject({
      items: expect.arrayContaining([
        expect.objectContaining({ title: '微信不在时的会议', state: 'draft' }),
      ]),
    })
    await wechat.clearFaults()
    await phone.sees(RETRY, /^重试$/)
    await phone.tap(RETRY)
    await phone.answerModal(true)
    await phone.isOn(MEETING)
    await phone.sees('.state', '待开')
  })
})
