import { dataOf } from '../timed.ts'
import type { Company } from './company.ts'
import { inMinutes, memberOf } from './company.ts'

/** A meeting of the first so many members, called and begun by the first; and how long the call took. */
export const callMeeting = async ({ post, draft }: Company, people: number) => {
  const participantIds = Array.from({ length: people - 1 }, (_, index) => memberOf(index + 2))
  const { id } = await draft({ startsAt: inMinutes(5), endsAt: inMinutes(120), participantIds })
  const sent = await post(1, `/wx/meeting/${id}/submit`, { version: 1 })
  const { version } = dataOf<{ version: number }>(sent, 'submit')
  dataOf(await post(1, `/wx/meeting/${id}/start`, { version }), 'start')
  return { id, submitMs: sent.ms }
}
