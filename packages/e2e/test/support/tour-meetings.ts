import { meetingActions } from './meeting-actions.ts'
import { foundCompany } from './meeting-company.ts'
import {
  CARD_TITLE,
  EDIT_MEETING,
  FAILURE,
  HOME,
  MEETING,
  MEETING_PEOPLE,
  MEETINGS,
  NOTICES,
  PICK_PEOPLE,
  PICK_ROOM,
} from './pages.ts'
import { checkInTour } from './tour-check-in.ts'
import type { World } from './world.ts'

type Look = (name: string) => Promise<void>
const LONG = '2027 年第一季度华东区产品路线图评审与跨部门资源协调会 Roadmap'

/**
 * Shows the pages of meetings in their states to a signed-in user, and calls `look` at each stop.
 * Resolves to the company, for those who go on in it.
 */
export const meetingTour = async (world: World, look: Look) => {
  const { phone, api, gate, person } = world
  const owner = await api.signInElsewhere(`owner-${person}`)
  const company = await foundCompany(world, owner)
  const me = await company.join(String(await phone.stored('token')), '陈晓雯')
  const colleague = await company.hire('李雷')
  const { memberId: lei } = colleague
  await company.appoint(me, 'organizer')
  await company.addRoom('三楼会议室', { place: 'A 座 3 楼', equipment: '投影、白板' })
  const participantIds = [me.memberId, lei]
  const invited = await company.announce(owner, { title: LONG, participantIds })
  const mine = await company.announce(me.token, { title: '周例会', participantIds })
  await company.post(me.token, `/wx/meeting/${mine}/reply`, { sequence: 0, reply: 'yes' })
  const { openMeeting, callMeeting } = meetingActions(world)

  await phone.open(HOME)
  await phone.sees(CARD_TITLE, '周例会')
  await look('31-home-member')
  await phone.open(MEETINGS)
  await phone.sees(CARD_TITLE, '周例会')
  await look('32-meetings')
  await (await phone.find('.tab:nth-child(4)')).tap()
  await phone.find('.nothing-title')
  await look('33-meetings-none')
  await openMeeting(invited)
  await look('34-meeting-invited')
  await openMeeting(mine)
  await look('35-meeting-organiser')
  await phone.program().pageScrollTo(100_000)
  await look('36-meeting-actions')
  await phone.program().callWxMethod('reLaunch', { url: `/${MEETING_PEOPLE}?id=${mine}` })
  await phone.sees('.person-name', '李雷')
  await look('37-people')
  await phone.open(NOTICES)
  await phone.find('.line')
  await look('38-inbox')
  await callMeeting('')
  await phone.tap('.submit')
  await phone.find('.title-error')
  await look('39-edit')
  await phone.program().pageScrollTo(100_000)
  await look('40-edit-end')
  await phone.tap('.participants')
  await phone.isOn(PICK_PEOPLE)
  await phone.find('.person')
  await phone.tap('.person')
  await look('41-pick')
  await phone.tap('.done')
  await phone.isOn(EDIT_MEETING)
  await phone.tap('.room')
  await phone.isOn(PICK_ROOM)
  await phone.find('.free-room')
  await look('42-room')
  await phone.program().callWxMethod('reLaunch', { url: `/${MEETING}?id=${lei}` })
  await phone.find('.missing')
  await look('43-meeting-missing')
  await checkInTour(world, look, { company, me, others: [lei] })
  gate.become('down')
  await phone.open(MEETINGS)
  await phone.find(FAILURE)
  await look('44-meetings-offline')
  gate.become('open')

  return { company, owner, me, others: [colleague] }
}
