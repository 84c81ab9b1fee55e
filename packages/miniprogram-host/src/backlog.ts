/** Events that came before anybody listened. */
export interface Backlog<Event> {
  /** Keeps an event, in place of the oldest when there are too many. */
  keep(event: Event): void
  /** Gives all that was kept, to the first who asks; from then on nothing is kept. */
  take(): Event[]
}

const LIMIT = 200

export const createBacklog = <Event>(): Backlog<Event> => {
  let kept: Event[] = []
  let isTaken = false
  return {
    keep(event) {
      if (isTaken) return
      kept.push(event)
      if (kept.length > LIMIT) kept.shift()
    },
    take() {
      const events = kept
      kept = []
      isTaken = true
      return events
    },
  }
}
