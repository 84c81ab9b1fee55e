import { failure } from './api.ts'
import type { Area } from './area.ts'
import { createStorageStore } from './storage-store.ts'

/** Key-value storage with WeChat's limits. */
export const storageApi: Area = ({ environment, options }, api) => {
  const store = createStorageStore(options.storage, {
    set: (key, value) => void environment.call('storage.set', { key, value }),
    clear: () => void environment.call('storage.clear', null),
  })
  return {
    setStorage: api('setStorage', ({ key, data, encrypt }) => store.set(key, data, encrypt)),
    getStorage: api('getStorage', ({ key, encrypt }) => {
      const data = store.get(key, encrypt)
      if (data === undefined) throw failure('data not found')
      return { data }
    }),
    removeStorage: api('removeStorage', ({ key }) => store.remove(key)),
    clearStorage: api('clearStorage', store.clear),
    getStorageInfo: api('getStorageInfo', store.info),
    setStorageSync: sync('setStorageSync', (key, data) => store.set(key, data, false)),
    getStorageSync: sync('getStorageSync', (key) => store.get(key, false) ?? ''),
    removeStorageSync: sync('removeStorageSync', store.remove),
    clearStorageSync: store.clear,
    getStorageInfoSync: store.info,
    batchSetStorageSync: (list: { key: string; value: unknown }[]) => {
      for (const { key, value } of list) store.set(key, value, false)
    },
    batchGetStorageSync: (keys: string[]) => keys.map((key) => store.get(key, false) ?? ''),
  }
}

/** A synchronous function throws the failure of its asynchronous counterpart. */
const sync =
  (name: string, run: (...values: unknown[]) => unknown) =>
  (...values: unknown[]): unknown => {
    try {
      return run(...values)
    } catch (error) {
      const { reason } = error as { reason?: string }
      throw reason === undefined ? error : new Error(`${name}:fail ${reason}`)
    }
  }
