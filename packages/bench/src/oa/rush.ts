import { randomUUID } from 'node:crypto'
import type { Progress } from '../progress.ts'
import type { Timed } from '../timed.ts'
import { dataOf, quantile, refusals, spread } from '../timed.ts'
import type { Company } from './company.ts'
import { callMeeting } from './meeting.ts'

/** Well below the ten seconds that a code lives. */
const CODE_EVERY_MS = 2_000

export type Rush = {
  people: number
  ms: number
  checkIns: Timed[]
  casts: Timed[]
  present: number
  ballots: number
  inviteMs: number
  openMs: number
}

type Shown = { details: { options: { id: string; tally: number | null }[] } }

/** Everybody of one meeting checks in and casts a secret ballot, evenly over `ms`. */
export const measureRush = async (
  company: Company,
  { people, ms }: { people: number; ms: number },
  progress: Progress,
): Promise<Rush> => {
  const { get, post } = company
  await company.signIn(people)
  progress.say(`rush: ${people} people within ${ms / 1000} s`)
  const { id, submitMs } = await callMeeting(company, people)
  const made = await post(1, '/wx/vote', {
    meetingId: id,
    requestId: randomUUID(),
    title: '是否通过年度预算',
    kind: 'motion',
    secrecy: 'secret',
    electorate: 'participants',
  })
  const vote = dataOf<{ id: string; version: number }>(made, 'vote')
  const opened = await post(1, `/wx/vote/${vote.id}/open`, { version: vote.version })
  const open = dataOf<{ version: number }>(opened, 'open')
  const read = await get(1, `/wx/vote/${vote.id}`)
  const { options } = dataOf<Shown>(read, 'options').details

  let code = ''
  const renew = async () => {
    const answer = await get(1, `/wx/meeting/${id}/check_in_code`)
    code = dataOf<{ codes: { text: string }[] }>(answer, 'code').codes[0]?.text ?? ''
  }
  await renew()
  const timer = setInterval(() => void renew(), CODE_EVERY_MS)
  const checkIns: Timed[] = []
  const casts: Timed[] = []
  const calls = Array.from({ length: people }, (_, index) => index + 1).flatMap((member) => [
    async () => {
      const answer = await post(member, '/wx/meeting/check_in', { code })
      checkIns.push(answer)
      return answer
    },
    async () => {
      const optionIds = [options[member % options.length]?.id ?? '']
      const answer = await post(member, `/wx/vote/${vote.id}/cast`, { optionIds })
      casts.push(answer)
      return answer
    },
  ])
  try {
    await spread(calls, ms)
  } finally {
    clearInterval(timer)
  }
  dataOf(await post(1, `/wx/vote/${vote.id}/close`, { version: open.version }), 'close')
  const detail = await get(1, `/wx/meeting/${id}`)
  const closed = await get(1, `/wx/vote/${vote.id}`)
  const { counts } = dataOf<{ counts: { present: number } }>(detail, 'meeting')
  const result = dataOf<Shown>(closed, 'vote').details
  return {
    people,
    ms,
    checkIns,
    casts,
    present: counts.present,
    ballots: result.options.reduce((sum, { tally }) => sum + (tally ?? 0), 0),
    inviteMs: submitMs,
    openMs: opened.ms,
  }
}

export const describeRush = ({ people, ms, checkIns, casts, present, ballots }: Rush): string[][] =>
  (
    [
      ['check-ins', checkIns, present],
      ['casts', casts, ballots],
    ] as const
  ).map(([what, answers, kept]) => [
    `${people} ${what} within ${ms / 1000} s`,
    quantile(answers, 0.5).toFixed(1),
    quantile(answers, 0.99).toFixed(1),
    refusals(answers),
    String(kept),
  ])
