import { toPlain } from '../plain.ts'
import { failure } from './api.ts'
import { decodeUtf8, encodeUtf8, fromBase64, toBase64, utf8Length } from './file-store.ts'

// https://developers.weixin.qq.com/miniprogram/dev/framework/ability/storage.html
const KEY_LIMIT = 1024 * 1024
const TOTAL_LIMIT = 10 * 1024 * 1024
const ENCRYPTED = 'encrypted:'

/** The app's storage. Values are kept as JSON, so a read returns a copy. */
export interface StorageStore {
  /** Above WeChat's limits, throws its failure and keeps the previous value. */
  set(key: unknown, data: unknown, encrypt: unknown): void
  /** Undefined when the key is absent. */
  get(key: unknown, encrypt: unknown): unknown
  remove(key: unknown): void
  clear(): void
  info(): { keys: string[]; currentSize: number; limitSize: number }
}

export const createStorageStore = (
  initial: Record<string, string>,
  copy: { set(key: string, value: string | null): void; clear(): void },
): StorageStore => {
  const stored: Record<string, string> = { ...initial }
  const sizeOf = (key: string): number =>
    key in stored ? key.length + (stored[key]?.length ?? 0) : 0
  let total = Object.keys(stored).reduce((sum, key) => sum + sizeOf(key), 0)
  return {
    set(key, data, encrypt) {
      const name = checkedKey(key)
      const text = encode(data, encrypt)
      if (utf8Length(text) > KEY_LIMIT) throw failure('exceed max item size 1024KB')
      if (total - sizeOf(name) + name.length + text.length > TOTAL_LIMIT) {
        throw failure('exceed storage max size 10Mb')
      }
      total += name.length + text.length - sizeOf(name)
      stored[name] = text
      copy.set(name, text)
    },
    get(key, encrypt) {
      const text = stored[checkedKey(key)]
      return text === undefined ? undefined : decode(text, encrypt)
    },
    remove(key) {
      const name = checkedKey(key)
      total -= sizeOf(name)
      delete stored[name]
      copy.set(name, null)
    },
    clear() {
      for (const key of Object.keys(stored)) delete stored[key]
      total = 0
      copy.clear()
    },
    info: () => ({
      keys: Object.keys(stored),
      currentSize: Math.ceil(total / 1024),
      limitSize: TOTAL_LIMIT / 1024,
    }),
  }
}

const encode = (data: unknown, encrypt: unknown): string => {
  const json = JSON.stringify(data === undefined ? '' : toPlain(data))
  return encrypt ? JSON.stringify(ENCRYPTED + toBase64(encodeUtf8(json))) : json
}

/** An encrypted value is unreadable without `encrypt`, as in WeChat. */
const decode = (text: string, encrypt: unknown): unknown => {
  const value: unknown = JSON.parse(text)
  if (!encrypt || typeof value !== 'string' || !value.startsWith(ENCRYPTED)) return value
  return JSON.parse(decodeUtf8(fromBase64(value.slice(ENCRYPTED.length))))
}

const checkedKey = (key: unknown): string => {
  if (typeof key === 'string' && key !== '') return key
  const got = key === '' ? 'empty String' : typeof key === 'object' ? 'Object' : typeof key
  throw failure(`parameter error: parameter.key should be String instead of ${got}`)
}
