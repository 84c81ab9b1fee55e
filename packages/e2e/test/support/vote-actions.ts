import { CALL_VOTE, HOME, VOTE, VOTE_CARD } from './pages.ts'
import type { World } from './world.ts'

/** What the user does with votes on the phone. */
export const voteActions = ({ phone }: World) => ({
  /** Opens the vote that waits for the user on the first page. */
  async openWaiting() {
    await phone.open(HOME)
    await phone.tap(VOTE_CARD)
    await phone.isOn(VOTE)
    await phone.find('.title')
  },
  async openVote(id: string) {
    await phone.program().callWxMethod('reLaunch', { url: `/${VOTE}?id=${id}` })
    await phone.isOn(VOTE)
  },
  /** Writes the form that is shown, and opens the vote; resolves to its id. */
  async callVote(title: string, choices: Record<string, string> = {}): Promise<string> {
    await phone.isOn(CALL_VOTE)
    await phone.type('.title', title)
    for (const [name, value] of Object.entries(choices)) {
      await (await phone.find(`.${name}`)).trigger('change', { value })
    }
    await phone.tap('.open')
    await phone.answerModal(true)
    await phone.isOn(VOTE)
    await phone.find('.title')
    return (await phone.page()).query.id ?? ''
  },
  /** Ticks the option with this place on the ballot, and casts it after the question. */
  async castFinal(place: number) {
    await phone.tap(`.option:nth-child(${place})`)
    await phone.tap('.cast')
    await phone.answerModal(true)
  },
})
