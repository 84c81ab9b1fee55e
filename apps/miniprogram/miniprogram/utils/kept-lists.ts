import { read, remove, write } from './storage'

export type KeptList<Item> = { at: string; items: Item[] }

/**
 * Lists as the server last sent them, to be shown while there is no network. `isItem` refuses what an
 * older version stored without something that this one shows.
 */
export const createKeptLists = <Item>(key: string, isItem: (value: unknown) => boolean) => {
  const all = (): Record<string, KeptList<Item> | undefined> => {
    const stored = read(key)

    return typeof stored === 'object' && stored !== null
      ? (stored as Record<string, KeptList<Item> | undefined>)
      : {}
  }

  return {
    kept(tab: string): KeptList<Item> | undefined {
      const list = all()[tab]
      if (!list || typeof list.at !== 'string' || !Array.isArray(list.items)) return undefined

      return list.items.every(isItem) ? list : undefined
    },

    keep(tab: string, items: Item[], at = new Date()): void {
      write(key, { ...all(), [tab]: { at: at.toISOString(), items } })
    },

    forget(): void {
      if (read(key) !== undefined) remove(key)
    },
  }
}
