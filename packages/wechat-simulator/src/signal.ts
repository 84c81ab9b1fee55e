/** Notifies listeners that something has changed, without saying what. */
export interface Signal {
  notify: () => void
  /** Calls back at every change, until the returned function is called. */
  listen: (listener: () => void) => () => void
}

export const createSignal = (): Signal => {
  const listeners = new Set<() => void>()

  return {
    notify: () => {
      for (const listener of listeners) listener()
    },
    listen: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
