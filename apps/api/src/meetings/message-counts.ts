import type { Engine } from '../infra/database/engine.ts'

/** What became of WeChat's messages about a meeting: the latest one to each who takes part. */
export type MessageCounts = Record<'sent' | 'noConsent' | 'unknown' | 'waiting' | 'failed', number>

/** How messages ended; null for those that are still to be sent. */
type Ended = { result: string | null; count: number }

const COUNTED_AS: Readonly<Record<string, keyof MessageCounts>> = {
  sent: 'sent',
  no_consent: 'noConsent',
  refused: 'noConsent',
  unknown: 'unknown',
  expired: 'failed',
  outdated: 'failed',
  wrong: 'failed',
  dropped: 'failed',
}

/** Who has left, and kinds that are not sent any more, count nowhere. */
export const countsOf = (ended: readonly Ended[]): MessageCounts => {
  const counts: MessageCounts = { sent: 0, noConsent: 0, unknown: 0, waiting: 0, failed: 0 }
  for (const { result, count } of ended) {
    const name = result === null ? 'waiting' : COUNTED_AS[result]
    if (name !== undefined) counts[name] += count
  }
  return counts
}

export type MessageCounter = ReturnType<typeof createMessageCounter>

/** Null when no message about the meeting was to be sent. */
export const createMessageCounter =
  (engine: Engine) =>
  async (meetingId: number): Promise<MessageCounts | null> => {
    const rows = await engine.run(
      (client) =>
        client.$queryRaw<{ result: string | null; count: bigint | number }[]>`
        SELECT o.result AS result, COUNT(*) AS count FROM outbox o
        JOIN (
          SELECT MAX(m.id) AS id FROM outbox m
          JOIN meeting_participant p ON p.meeting_id = m.meeting_id AND p.member_id = m.member_id
          WHERE m.meeting_id = ${meetingId} AND m.topic = 'message' GROUP BY m.member_id
        ) latest ON latest.id = o.id GROUP BY o.result`,
    )
    if (rows.length === 0) return null
    return countsOf(rows.map(({ result, count }) => ({ result, count: Number(count) })))
  }
