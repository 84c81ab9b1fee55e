import { failure } from './api.ts'
import type { Area } from './area.ts'
import type { FileStore } from './file-store.ts'
import { decodeUtf8, encodeUtf8, fromBase64, toBase64 } from './file-store.ts'

type Operation = (store: FileStore, options: Record<string, unknown>) => unknown

/**
 * The file system manager: reads all files, writes below USER_DATA_PATH. A file of the project is
 * first read by an asynchronous function.
 */
export const fileApi: Area = ({ files }, api) => {
  const asynchronous = Object.entries(OPERATIONS).map(([name, run]) => [
    name,
    api(name, async (options) => {
      const path = String(options.filePath ?? options.srcPath ?? options.path ?? '')
      if (READING.has(name)) await files.load(path)
      return run(files, options)
    }),
  ])
  const synchronous = Object.entries(SYNC_ARGUMENTS).map(([name, names]) => [
    `${name}Sync`,
    (...values: unknown[]) =>
      runSync(name, files, Object.fromEntries(names.map((key, at) => [key, values[at]]))),
  ])
  const manager = Object.fromEntries([...asynchronous, ...synchronous])
  return {
    env: { USER_DATA_PATH: files.userFolder },
    getFileSystemManager: () => manager,
    getFileInfo: manager.getFileInfo,
    saveFile: manager.saveFile,
    removeSavedFile: manager.removeSavedFile,
  }
}

const READING = new Set(['access', 'readFile', 'copyFile', 'stat', 'getFileInfo'])

const SYNC_ARGUMENTS: Record<string, string[]> = {
  access: ['path'],
  readFile: ['filePath', 'encoding'],
  writeFile: ['filePath', 'data', 'encoding'],
  appendFile: ['filePath', 'data', 'encoding'],
  copyFile: ['srcPath', 'destPath'],
  saveFile: ['tempFilePath', 'filePath'],
  unlink: ['filePath'],
  readdir: ['dirPath'],
  mkdir: ['dirPath'],
  rmdir: ['dirPath'],
  stat: ['path'],
}

const OPERATIONS: Record<string, Operation> = {
  access: (store, { path }) => void read(store, path),
  readFile: (store, { filePath, encoding }) => ({ data: decode(read(store, filePath), encoding) }),
  writeFile(store, { filePath, data, encoding }) {
    store.files.set(writable(store, filePath), encode(data, encoding))
  },
  appendFile(store, { filePath, data, encoding }) {
    const before = read(store, filePath)
    const added = encode(data, encoding)
    store.files.set(writable(store, filePath), Uint8Array.from([...before, ...added]))
  },
  copyFile: (store, { srcPath, destPath }) =>
    void store.files.set(writable(store, destPath), read(store, srcPath)),
  saveFile(store, { tempFilePath, filePath }) {
    const name = String(tempFilePath).split('/').at(-1)
    const target =
      filePath === undefined ? `${store.userFolder}/${name}` : writable(store, filePath)
    store.files.set(target, read(store, tempFilePath))
    store.files.delete(String(tempFilePath))
    return { savedFilePath: target }
  },
  unlink(store, { filePath }) {
    read(store, filePath)
    store.files.delete(String(filePath))
  },
  removeSavedFile: (store, { filePath }) => OPERATIONS.unlink?.(store, { filePath }),
  readdir(store, { dirPath }) {
    const folder = `${String(dirPath).replace(/\/$/, '')}/`
    const names = [...store.files.keys()].filter((path) => path.startsWith(folder))
    return { files: [...new Set(names.map((path) => path.slice(folder.length).split('/')[0]))] }
  },
  mkdir: () => undefined,
  rmdir: () => undefined,
  stat(store, { path }) {
    const { length } = read(store, path)
    return { stats: { size: length, mode: 0o644, isFile: () => true, isDirectory: () => false } }
  },
  getFileInfo: (store, { filePath }) => ({ size: read(store, filePath).length }),
}

const runSync = (name: string, store: FileStore, options: Record<string, unknown>): unknown => {
  try {
    const result = OPERATIONS[name]?.(store, options) as Record<string, unknown> | undefined
    return result?.data ?? result?.files ?? result?.stats ?? result?.savedFilePath
  } catch (error) {
    const { reason } = error as { reason?: string }
    throw reason === undefined ? error : new Error(`${name}:fail ${reason}`)
  }
}

const read = (store: FileStore, path: unknown): Uint8Array => {
  const bytes = store.files.get(String(path))
  if (!bytes) throw failure(`no such file or directory, open '${String(path)}'`, 1300002)
  return bytes
}

const writable = (store: FileStore, path: unknown): string => {
  if (String(path).startsWith(`${store.userFolder}/`)) return String(path)
  throw failure(`permission denied, open '${String(path)}'`, 1300013)
}

const encode = (data: unknown, encoding: unknown): Uint8Array => {
  if (data instanceof ArrayBuffer) return new Uint8Array(data)
  return encoding === 'base64' ? fromBase64(String(data)) : encodeUtf8(String(data ?? ''))
}

const decode = (bytes: Uint8Array, encoding: unknown): unknown => {
  if (encoding === undefined) return bytes.slice().buffer
  return encoding === 'base64' ? toBase64(bytes) : decodeUtf8(bytes)
}
