import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Progress } from '../progress.ts'
import type { Timed } from '../timed.ts'
import { quantile, refusals, spread } from '../timed.ts'
import type { Company } from './company.ts'
import { inMinutes, memberOf } from './company.ts'
import { countRows } from './rows.ts'

const POLL_MS = 100
const GIVE_UP_MS = 120_000
/** As many as a meeting takes. */
const MOST = 2_000
const READS_PER_SECOND = 50

/** So many people take one room for one hour at the same time. */
export const measureStorm = async (company: Company, atOnce: number, progress: Progress) => {
  const { post, draft } = company
  progress.say(`${atOnce} bookings of one hour`)
  const room = await post(1, '/wx/admin/rooms', { name: `会议室 ${randomUUID().slice(0, 8)}` })
  const span = { startsAt: inMinutes(600), endsAt: inMinutes(660) }
  const { id: roomId } = room.data as { id: string }
  const drafts: { id: string; version: number }[] = []
  for (let count = 0; count < atOnce; count += 1) {
    drafts.push(await draft({ roomId, ...span, participantIds: [memberOf(2)] }))
  }
  const begin = performance.now()
  const answers = await Promise.all(
    drafts.map(({ id, version }) => post(1, `/wx/meeting/${id}/submit`, { version })),
  )
  return {
    ms: performance.now() - begin,
    won: answers.filter(({ errno }) => errno === 0).length,
    p99: quantile(answers, 0.99),
    refused: refusals(answers),
  }
}

/** Invitations of that many people, and how long it takes until every inbox has its line. */
export const measureNotices = async (company: Company, people: number, progress: Progress) => {
  const { get, post, draft, env } = company
  const perMeeting = Math.min(MOST, people)
  const meetings = Math.ceil(people / perMeeting)
  progress.say(`${people} notices`)
  const drafts: { id: string; version: number }[] = []
  for (let at = 0; at < meetings; at += 1) {
    const participantIds = Array.from({ length: perMeeting }, (_, index) =>
      memberOf(2 + ((at * perMeeting + index) % (company.size.members - 1))),
    )
    const span = { startsAt: inMinutes(900 + at), endsAt: inMinutes(960 + at) }
    drafts.push(await draft({ ...span, participantIds }))
  }
  const read = (ms: number) =>
    spread(
      Array.from(
        { length: Math.ceil((ms / 1000) * READS_PER_SECOND) },
        (_, index) => () => get(2 + (index % 10), '/wx/meeting/list'),
      ),
      ms,
    )
  await read(2_000)
  const before = await read(5_000)
  const there = await countRows(env, 'notice')
  const begin = performance.now()
  const submits: Timed[] = []
  const submitted = (async () => {
    for (const { id, version } of drafts) {
      submits.push(await post(1, `/wx/meeting/${id}/submit`, { version }))
    }
  })()
  const during: Timed[] = []
  let done = 0
  const reading = (async () => {
    while (done === 0) during.push(...(await read(500)))
  })()
  await submitted
  while ((await countRows(env, 'notice')) < there + meetings * perMeeting) {
    if (performance.now() - begin > GIVE_UP_MS) break
    await sleep(POLL_MS)
  }
  done = performance.now() - begin
  await reading
  return {
    people: meetings * perMeeting,
    ms: done,
    submitMs: quantile(submits, 1),
    p99Before: quantile(before, 0.99),
    p99During: quantile(during, 0.99),
    refused: refusals([...submits, ...during]),
  }
}
