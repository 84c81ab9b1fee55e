import { EDIT_MEETING, HOME, MEETING, PICK_PEOPLE } from './pages.ts'
import type { World } from './world.ts'

const two = (value: number) => String(value).padStart(2, '0')

/** What the user does with meetings on the phone. */
export const meetingActions = ({ phone }: World) => {
  const idHere = async () => (await phone.page()).query.id ?? ''
  const openMeeting = async (id: string) => {
    await phone.program().callWxMethod('reLaunch', { url: `/${MEETING}?id=${id}` })
    await phone.isOn(MEETING)
    await phone.find('.title')
  }

  return {
    idHere,
    openMeeting,
    /** Opens the form and writes a title. */
    async callMeeting(title: string) {
      await phone.open(HOME)
      await phone.tap('.call')
      await phone.isOn(EDIT_MEETING)
      await phone.type('.title', title)
    },
    /** Chooses everybody in the company. */
    async chooseEverybody() {
      await phone.tap('.participants')
      await phone.isOn(PICK_PEOPLE)
      await phone.find('.person')
      await phone.tap('.all')
      await phone.sees('.done', /已选 [1-9]/)
      await phone.tap('.done')
      await phone.isOn(EDIT_MEETING)
    },
    /** Sets the start by the pickers of day and time. */
    async startAt(instant: string) {
      const at = new Date(instant)
      const date = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
      const time = `${two(at.getHours())}:${two(at.getMinutes())}`
      await (await phone.find('.start-date')).trigger('change', { value: date })
      await (await phone.find('.start-time')).trigger('change', { value: time })
      await phone.sees('.start-time', time)
    },
    /** Taps the button and answers the dialog that asks whether to do it. */
    async decide(button: string) {
      await phone.tap(button)
      await phone.answerModal(true)
    },
    /** The same where a reason is asked for; the SDK cannot type into WeChat's dialog. */
    async decideWith(button: string, content: string) {
      const program = phone.program()
      await program.mockWxMethod('showModal', { confirm: true, cancel: false, content })
      await phone.tap(button)
      await phone.seesNo(button)
      await program.restoreWxMethod('showModal')
    },
  }
}
