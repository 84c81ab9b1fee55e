import { meetingActions } from './meeting-actions.ts'
import type { Colleague, foundCompany } from './meeting-company.ts'
import { inHours } from './meeting-company.ts'
import { CHECK_IN, CHECK_IN_CODE, FAILURE, HOME, MEETING_PEOPLE } from './pages.ts'
import type { World } from './world.ts'

type Company = Awaited<ReturnType<typeof foundCompany>>
type Look = (name: string) => Promise<void>

/** Shows check-in as a host and a participant meet it, and calls `look` at each stop. */
export const checkInTour = async (
  world: World,
  look: Look,
  { company, me, others }: { company: Company; me: Colleague; others: string[] },
): Promise<void> => {
  const { phone } = world
  const { openMeeting } = meetingActions(world)
  const show = async (page: string, query: string) => {
    await phone.program().callWxMethod('reLaunch', { url: `/${page}?${query}` })
    await phone.isOn(page)
  }
  const id = await company.announce(me.token, {
    title: '产品评审会',
    startsAt: inHours(0.2),
    endsAt: inHours(2),
    participantIds: others,
  })
  await company.act(me.token, id, 'start')
  await phone.open(HOME)
  await phone.find('.check-in')
  await look('45-home-today')
  await openMeeting(id)
  await phone.find('.show-code')
  await look('46-meeting-running')
  await show(CHECK_IN_CODE, `id=${id}`)
  await phone.find('.code')
  await look('47-code')
  await phone.tap('.screen')
  await phone.find('.url')
  await phone.program().pageScrollTo(100_000)
  await look('48-code-link')
  for (const memberId of others.slice(0, 1)) {
    const reason = '手机没电，主持人当面核对'
    const body = { memberId, present: true, reason }
    await company.post(me.token, `/wx/meeting/${id}/check_in_by_hand`, body)
  }
  await show(MEETING_PEOPLE, `id=${id}`)
  await phone.find('.by-hand')
  await look('49-people-there')
  await show(CHECK_IN, '')
  await phone.find('.scan')
  await look('50-check-in')
  await phone.tap('.scan')
  await phone.scan('OA1.')
  await phone.find(FAILURE)
  await look('51-check-in-refused')
  await phone.tap('.scan')
  await phone.scan(await company.code(me.token, id))
  await phone.sees('.meeting-title', '产品评审会')
  await look('52-checked-in')
}
