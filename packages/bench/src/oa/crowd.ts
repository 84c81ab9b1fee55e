import type { Progress } from '../progress.ts'
import type { Timed } from '../timed.ts'
import { spread } from '../timed.ts'
import type { Company } from './company.ts'
import { callMeeting } from './meeting.ts'

const HOME = '/wx/home/index'
const POLL_EVERY_MS = 5_000

/**
 * So many people open the mini-program within `ms`, from one address; the session of every second one has
 * ended, so that it signs in again. An answer is timed from the first request to the home page.
 */
export const measureOpening = async (
  company: Company,
  { people, ms }: { people: number; ms: number },
  progress: Progress,
): Promise<Timed[]> => {
  const { get, getAsEnded, signInAgain } = company
  await company.signIn(people)
  progress.say(`${people} people open the mini-program within ${ms / 1000} s`)
  const open = async (member: number): Promise<Timed> => {
    if (member % 2 === 0) return get(member, HOME)
    const refused = await getAsEnded(HOME)
    const signedIn = await signInAgain(member)
    if (signedIn.errno !== 0) return signedIn
    const home = await get(member, HOME)
    return { ...home, ms: refused.ms + signedIn.ms + home.ms }
  }
  return spread(
    Array.from({ length: people }, (_, index) => () => open(index + 1)),
    ms,
  )
}

/** So many phones ask every five seconds how their meeting goes; `cores` is what that takes of one processor. */
export const measurePoll = async (
  company: Company,
  { people, ms }: { people: number; ms: number },
  progress: Progress,
): Promise<{ answers: Timed[]; cores: number }> => {
  const { get } = company
  await company.signIn(people)
  const { id } = await callMeeting(company, people)
  progress.say(`${people} phones ask every ${POLL_EVERY_MS / 1000} s how their meeting goes`)
  const ask = (during: number) =>
    spread(
      Array.from(
        { length: Math.round((people * during) / POLL_EVERY_MS) },
        (_, index) => () => get(1 + (index % people), `/wx/meeting/${id}/live`),
      ),
      during,
    )
  await ask(ms / 5)
  const begun = performance.now()
  const before = company.cpuUs()
  const answers = await ask(ms)
  return { answers, cores: (company.cpuUs() - before) / 1000 / (performance.now() - begun) }
}
