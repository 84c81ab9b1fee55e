import { toPlain } from '../plain.ts'
import { failure } from './api.ts'
import { decodeUtf8, encodeUtf8, fromBase64, toBase64 } from './file-store.ts'
import type { Area } from './wx.ts'

// https://developers.weixin.qq.com/miniprogram/dev/framework/ability/storage.html
const KEY_LIMIT = 1024 * 1024
const TOTAL_LIMIT = 10 * 1024 * 1024
const ENCRYPTED = 'encrypted:'

/** Key-value storage with WeChat's limits. Values are kept as JSON, so what is read is a copy. */
export const storageApi: Area = ({ environment, options }, api) => {
  const stored: Record<string, string> = { ...options.storage }
  const size = () =>
    Object.entries(stored).reduce((sum, [key, value]) => sum + key.length + value.length, 0)
  const save = () => void environment.call('storage.save', { ...stored })

  const set = (key: unknown, data: unknown, encrypt: unknown): void => {
    const name = checkedKey(key)
    const json = JSON.stringify(data === undefined ? '' : toPlain(data))
    const text = encrypt ? JSON.stringify(ENCRYPTED + toBase64(encodeUtf8(json))) : json
    if (encodeUtf8(text).length > KEY_LIMIT) throw failure('exceed max item size 1024KB')
    const freed = name in stored ? name.length + (stored[name]?.length ?? 0) : 0
    if (size() - freed + name.length + text.length > TOTAL_LIMIT) {
      throw failure('exceed storage max size 10Mb')
    }
    stored[name] = text
    save()
  }
  const get = (key: unknown, encrypt: unknown): unknown => {
    const text = stored[checkedKey(key)]
    if (text === undefined) return undefined
    const value: unknown = JSON.parse(text)
    const sealed = typeof value === 'string' && value.startsWith(ENCRYPTED)
    if (!sealed || !encrypt) return value
    return JSON.parse(decodeUtf8(fromBase64(value.slice(ENCRYPTED.length))))
  }
  const remove = (key: unknown): void => {
    delete stored[checkedKey(key)]
    save()
  }
  const clear = (): void => {
    for (const key of Object.keys(stored)) delete stored[key]
    save()
  }
  const info = () => ({
    keys: Object.keys(stored),
    currentSize: Math.ceil(size() / 1024),
    limitSize: TOTAL_LIMIT / 1024,
  })

  return {
    setStorage: api('setStorage', ({ key, data, encrypt }) => set(key, data, encrypt)),
    getStorage: api('getStorage', ({ key, encrypt }) => {
      const data = get(key, encrypt)
      if (data === undefined) throw failure('data not found')
      return { data }
    }),
    removeStorage: api('removeStorage', ({ key }) => remove(key)),
    clearStorage: api('clearStorage', clear),
    getStorageInfo: api('getStorageInfo', info),
    setStorageSync: sync('setStorageSync', (key, data) => set(key, data, false)),
    getStorageSync: sync('getStorageSync', (key) => get(key, false) ?? ''),
    removeStorageSync: sync('removeStorageSync', remove),
    clearStorageSync: clear,
    getStorageInfoSync: info,
    batchSetStorageSync: (list: { key: string; value: unknown }[]) => {
      for (const { key, value } of list) set(key, value, false)
    },
    batchGetStorageSync: (keys: string[]) => keys.map((key) => get(key, false) ?? ''),
  }
}

/** A synchronous function throws what its asynchronous sister would answer. */
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

const checkedKey = (key: unknown): string => {
  if (typeof key === 'string' && key !== '') return key
  const got = key === '' ? 'empty String' : typeof key === 'object' ? 'Object' : typeof key
  throw failure(`parameter error: parameter.key should be String instead of ${got}`)
}
