type Listener = (...values: unknown[]) => void

/** One end of the link between a page and the page that it opened with navigateTo. */
export interface EventChannel {
  on(event: string, listener: Listener): void
  once(event: string, listener: Listener): void
  off(event: string, listener?: Listener): void
  emit(event: string, ...values: unknown[]): void
}

/** Creates both ends: events emitted on one reach the listeners of the other. */
export const createEventChannels = (): { opener: EventChannel; opened: EventChannel } => {
  const heardByOpener = new Map<string, Listener[]>()
  const heardByOpened = new Map<string, Listener[]>()
  return {
    opener: channel(heardByOpener, heardByOpened),
    opened: channel(heardByOpened, heardByOpener),
  }
}

const channel = (mine: Map<string, Listener[]>, theirs: Map<string, Listener[]>): EventChannel => ({
  on: (event, listener) => add(mine, event, listener),
  once(event, listener) {
    const first: Listener = (...values) => {
      remove(mine, event, first)
      listener(...values)
    }
    add(mine, event, first)
  },
  off: (event, listener) => remove(mine, event, listener),
  emit(event, ...values) {
    for (const listener of theirs.get(event) ?? []) listener(...values)
  },
})

const add = (lists: Map<string, Listener[]>, event: string, listener: Listener): void => {
  lists.set(event, [...(lists.get(event) ?? []), listener])
}

const remove = (lists: Map<string, Listener[]>, event: string, listener?: Listener): void => {
  lists.set(event, listener ? (lists.get(event) ?? []).filter((known) => known !== listener) : [])
}
