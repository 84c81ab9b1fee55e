/** `outbox.state`, by its number. */
export const OutboxState = { waiting: 0, done: 1, givenUp: 2, sending: 3 } as const

/** Which handler does a piece of work. */
export type Topic = 'announcement' | 'message'

/** A piece of work that an event leaves behind. */
export type NewWork = {
  topic: Topic
  /** Of one event, so that it leaves this work once. */
  dedupeKey: string
  meetingId?: number | null
  memberId?: number | null
  payload: object
  availableAt: Date
  deadlineAt: Date
}

/** What a process has claimed; no other one works on it until the claim is over. */
export type ClaimedWork = {
  id: number
  topic: Topic
  payload: string
  meetingId: number | null
  memberId: number | null
  attempts: number
  deadlineAt: Date
  claimedBy: string
}

/**
 * How work ended. `sent`, `no_consent`, `refused`, `unknown` and `off` are what became of a message;
 * `outdated`: what it tells is not true any more; `gone`: nobody is there to read it; `wrong`: WeChat
 * refuses its template; `expired`: it could not be done by its deadline; `dropped`: an operator said so.
 */
export type WorkResult =
  | 'ok'
  | 'sent'
  | 'no_consent'
  | 'refused'
  | 'unknown'
  | 'off'
  | 'outdated'
  | 'gone'
  | 'wrong'
  | 'expired'
  | 'dropped'
