/** Buffers events until the first consumer takes them. */
export interface Backlog<Event> {
  /** Adds an event; at the limit the oldest one is dropped. */
  keep(event: Event): void
  /** Returns the buffered events. From then on `keep` has no effect. */
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
