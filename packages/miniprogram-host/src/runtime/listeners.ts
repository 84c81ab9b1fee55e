type Listener = (...values: never[]) => unknown

/** Listeners of `wx.onX` and `wx.offX`, by event name X. */
export interface Listeners {
  add(event: string, listener: unknown): void
  /** Removes one listener; without `listener` all of the event. */
  remove(event: string, listener?: unknown): void
  /** Calls the listeners in order of registration; exceptions go to `onError`. */
  call(event: string, ...values: unknown[]): void
  last(event: string): Listener | undefined
}

export const createListeners = (onError: (error: unknown) => void): Listeners => {
  const lists = new Map<string, Listener[]>()
  const of = (event: string) => lists.get(event) ?? []
  return {
    add(event, listener) {
      if (typeof listener !== 'function') return
      lists.set(event, [...of(event), listener as Listener])
    },
    remove(event, listener) {
      lists.set(event, listener ? of(event).filter((known) => known !== listener) : [])
    },
    call(event, ...values) {
      for (const listener of of(event)) {
        try {
          listener(...(values as never[]))
        } catch (error) {
          onError(error)
        }
      }
    },
    last: (event) => of(event).at(-1),
  }
}
