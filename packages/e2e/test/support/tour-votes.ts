import type { Colleague, foundCompany } from './meeting-company.ts'
import { inHours } from './meeting-company.ts'
import {
  CALL_VOTE,
  FAILURE,
  HOME,
  PICK_PEOPLE,
  VOTE,
  VOTE_RECORD,
  VOTE_TITLE,
  VOTES,
} from './pages.ts'
import { votesOf } from './vote-company.ts'
import type { World } from './world.ts'

type Look = (name: string) => Promise<void>
type Stage = {
  company: Awaited<ReturnType<typeof foundCompany>>
  owner: string
  me: Colleague
  others: Colleague[]
}
const LONG = '2027 年度团建去哪里：请在十二月十五日以前选出最多两个地方 Where to go'
const PLACES = ['三亚：海边度假酒店，含潜水体验课与团队晚宴', '北京', 'Kuala Lumpur & Langkawi']

/** The pages of votes in their states, as a member and as who calls them. */
export const voteTour = async (world: World, stage: Stage, look: Look): Promise<void> => {
  const { phone, gate } = world
  const { company, owner, me } = stage
  const others = [{ token: owner }, ...stage.others]
  for (const name of ['韩梅梅', '赵敏']) others.push(await company.hire(name))
  const votes = votesOf(company)
  const openVote = async (id: string) => {
    await phone.program().callWxMethod('reLaunch', { url: `/${VOTE}?id=${id}` })
    await phone.isOn(VOTE)
    await phone.find('.title')
  }
  const choice = { kind: 'choice', options: PLACES, min: 1, max: 2, abstain: true }
  const places = await votes.open(owner, { ...choice, title: LONG, closesAt: inHours(30) })
  const secret = await votes.open(me.token, { secrecy: 'secret', quorumPercent: 50 })

  await phone.open(HOME)
  await phone.sees(VOTE_TITLE, '年度预算')
  await look('51-home-votes')
  await phone.open(VOTES)
  await phone.sees(VOTE_TITLE, '年度预算')
  await look('52-votes')
  await phone.tap('.tab:nth-child(2)')
  await phone.find('.nothing-title')
  await look('53-votes-none')
  await openVote(places)
  await phone.tap('.option')
  await look('54-vote-choice')
  await openVote(secret)
  await look('55-vote-secret')
  await phone.program().pageScrollTo(100_000)
  await look('56-vote-secret-end')
  await phone.tap('.option')
  await phone.tap('.cast')
  await look('57-vote-confirm')
  await phone.answerModal(true)
  await phone.find('.mine')
  await look('58-vote-counted')
  for (const one of others) await votes.cast(one.token, secret, '赞成')
  await votes.act(me.token, secret, 'close')
  await openVote(secret)
  await phone.find('.outcome')
  await look('59-vote-result')
  await phone.program().callWxMethod('reLaunch', { url: `/${VOTE_RECORD}?id=${secret}` })
  await phone.find('.who')
  await look('60-vote-record')
  await phone.open(VOTES)
  await phone.tap('.call')
  await phone.isOn(CALL_VOTE)
  await phone.tap('.open')
  await phone.find('.title-error')
  await (await phone.find('.kind')).trigger('change', { value: '1' })
  await phone.find('.option-input')
  await phone.tap('.add')
  await look('61-vote-form')
  await (await phone.find('.secrecy')).trigger('change', { value: '1' })
  await (await phone.find('.electorate')).trigger('change', { value: '1' })
  await (await phone.find('.timed')).trigger('change', { value: true })
  await phone.find('.closes-date')
  await phone.program().pageScrollTo(100_000)
  await look('62-vote-form-end')
  await phone.tap('.electors')
  await phone.isOn(PICK_PEOPLE)
  await phone.find('.person')
  await look('63-vote-electors')
  await phone.program().callWxMethod('reLaunch', { url: `/${VOTE}?id=${me.memberId}` })
  await phone.find('.missing')
  await look('64-vote-missing')
  gate.become('down')
  await phone.open(VOTES)
  await phone.find(FAILURE)
  await look('65-votes-offline')
  gate.become('open')
}
