import { describe, expect, it } from 'vitest'
import { meetingActions } from './support/meeting-actions.ts'
import type { Colleague } from './support/meeting-company.ts'
import { foundCompany, inHours } from './support/meeting-company.ts'
import {
  CENTRE,
  FAILURE,
  MEETING,
  NOTICES,
  RETRY,
  VOTE,
  VOTE_CARD,
  VOTE_RECORD,
  VOTE_TITLE,
  VOTES,
} from './support/pages.ts'
import { voteActions } from './support/vote-actions.ts'
import { votesOf } from './support/vote-company.ts'
import { useWorld } from './support/world.ts'

const SECRET = '1'
const ALL_PARTICIPANTS = '1'

describe('a meeting with a secret vote', () => {
  const world = useWorld()

  it('leads three people on their phones, and three more, from the call to the result', async () => {
    const { phone, gate, person: ming } = world
    const token = await world.signIn('小明')
    const company = await foundCompany(world, token)
    const votes = votesOf(company)
    const { castFinal, openWaiting, callVote, openVote } = voteActions(world)
    const { callMeeting, chooseEverybody, decide, idHere, openMeeting, startAt } =
      meetingActions(world)
    const arrive = async (name: string): Promise<[string, Colleague]> => {
      const person = await world.handTo()
      return [person, await company.join(await world.signIn(name), name)]
    }
    const [leiOnPhone, lei] = await arrive('李雷')
    const [meiOnPhone, mei] = await arrive('韩梅梅')
    const others = [await company.hire('赵敏'), await company.hire('周杰')] as const
    const [min, jie] = others

    // 小明 calls the meeting.
    await world.handTo(ming)
    await callMeeting('季度会议')
    await startAt(inHours(0.2))
    await chooseEverybody()
    await decide('.submit')
    await phone.isOn(MEETING)
    const meeting = await idHere()

    // 李雷 accepts.
    await world.handTo(leiOnPhone)
    await openMeeting(meeting)
    await phone.tap('.join')
    await phone.sees('.reply', '已确认参加')

    // 小明 starts it and opens a secret vote.
    await world.handTo(ming)
    await openMeeting(meeting)
    await decide('.start')
    await phone.sees('.state', '进行中')
    await phone.tap('.add-vote')
    const vote = await callVote('是否通过年度预算', {
      secrecy: SECRET,
      electorate: ALL_PARTICIPANTS,
    })
    await phone.sees('.secrecy', '系统不保存谁投了什么')
    expect(await votes.read(token, vote)).toMatchObject({ state: 'open', electors: 5, cast: 0 })

    // 李雷 votes, and the answer is lost.
    await world.handTo(leiOnPhone)
    await openWaiting()
    gate.become('one-way')
    await castFinal(1)
    await phone.sees(FAILURE, '网络')
    gate.become('open')
    await phone.tap(RETRY)
    await phone.sees('.mine', '您的票已计入')
    await phone.seesNo('.cast')

    // 周杰 is suspended before he has voted; 赵敏 votes elsewhere.
    await company.suspend(jie, '离职')
    await votes.cast(min.token, vote, '反对')
    expect(await votes.read(lei.token, vote)).toMatchObject({ electors: 5, cast: 2 })

    // 韩梅梅 finds it among the votes, thinks better of it once, and votes.
    await world.handTo(meiOnPhone)
    await phone.open(CENTRE)
    await phone.sees(['meeting-counts', '.voting'], '1')
    await phone.tap(['meeting-counts', '.voting'])
    await phone.isOn(VOTES)
    await phone.tap(VOTE_CARD)
    await phone.isOn(VOTE)
    await phone.tap('.option')
    await phone.tap('.cast')
    await phone.answerModal(false)
    expect(await votes.read(mei.token, vote)).toMatchObject({ iVoted: false, cast: 2 })
    await phone.tap('.cast')
    await phone.answerModal(true)
    await phone.sees('.mine', '您的票已计入')

    // 小明 votes, and ends the meeting, which closes the vote.
    await world.handTo(ming)
    await openVote(vote)
    await castFinal(3)
    await phone.sees('.mine', '您的票已计入')
    await openMeeting(meeting)
    await phone.sees('.state', '投票中')
    await decide('.end')
    await phone.sees('.state', '已结束')
    const tallies = { 赞成: 2, 反对: 1, 弃权: 1 }
    expect(await votes.tallies(token, vote)).toEqual(tallies)
    expect(await votes.read(token, vote)).toMatchObject({
      outcome: 'passed',
      details: { struck: 1 },
    })

    // 李雷 is told, and reads the result; nowhere does it say who chose what.
    await world.handTo(leiOnPhone)
    await phone.open(NOTICES)
    await phone.sees('.line', '投票已结束')
    await phone.tap('.line')
    await phone.isOn(VOTE)
    await phone.sees('.outcome', '通过')
    await phone.sees('.tally', /赞成.*2 票/)
    expect(await votes.read(lei.token, vote)).toMatchObject({ details: { myChoice: null } })
    await phone.tap('.to-record')
    await phone.isOn(VOTE_RECORD)
    await phone.sees('.row', /李雷.*已投票/)
    await phone.sees('.row', /周杰.*已失去投票权/)
    expect(JSON.stringify(await (await phone.page()).data('rows'))).not.toMatch(/赞成|反对/)
  })
})

describe('a vote of the company', () => {
  const world = useWorld()

  it('is called on the phone, cast for, changed, and shows who chose what after the close', async () => {
    const { phone } = world
    const token = await world.signIn('小明')
    const company = await foundCompany(world, token)
    const votes = votesOf(company)
    const lei = await company.hire('李雷')
    const { callVote } = voteActions(world)
    await phone.open(VOTES)
    await phone.tap('.call')
    await (await phone.find('.changeable')).trigger('change', { value: true })
    const vote = await callVote('团建去三亚吗')
    await phone.tap('.option:nth-child(2)')
    await phone.tap('.cast')
    await phone.sees('.mine-text', '你选择了：反对')
    await phone.tap('.option:nth-child(1)')
    await phone.tap('.cast')
    await phone.sees('.mine-text', '你选择了：赞成')
    await votes.cast(lei.token, vote, '赞成')
    await phone.tap('.action.close')
    await phone.answerModal(true)
    await phone.sees('.state', '已结束')
    await phone.sees('.outcome', '通过')

    expect(await votes.tallies(lei.token, vote)).toEqual({ 赞成: 2, 反对: 0, 弃权: 0 })
    await phone.tap('.to-record')
    await phone.isOn(VOTE_RECORD)
    await phone.tap('.tab:nth-child(2)')
    await phone.sees('.row', /小明.*赞成|周敏.*赞成/)
  })

  it('shows the last list without a network, and nothing to somebody else', async () => {
    const { phone, api, gate, person } = world
    const owner = await api.signInElsewhere(`owner-${person}`)
    const company = await foundCompany(world, owner)
    await company.join(await world.signIn('小明'), '小明')
    const vote = await votesOf(company).open(owner, { title: '机密预算' })
    await phone.open(VOTES)
    await phone.sees(VOTE_TITLE, '机密预算')
    gate.become('down')
    await phone.open(VOTES)
    await phone.sees('.kept', '今天')
    await phone.sees(VOTE_TITLE, '机密预算')
    gate.become('open')
    await phone.tap(RETRY)
    await phone.seesNo('.kept')

    await world.handTo()
    await world.signIn('路人')
    await voteActions(world).openVote(vote)
    await phone.sees('.guest-title', '没有找到这个投票')
    expect(JSON.stringify(await (await phone.page()).data())).not.toContain('机密预算')
  })
})
