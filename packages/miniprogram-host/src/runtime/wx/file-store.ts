import { imageType } from '../../image-type.ts'
import type { HostBindings } from '../host-bindings.ts'

/** The mini-program's files, kept in memory: temporary ones and those that the app writes. */
export interface FileStore {
  /** The app's writable folder, wx.env.USER_DATA_PATH. */
  userFolder: string
  files: Map<string, Uint8Array>
  /**
   * Stores base64 content under a new temporary path and returns the path. An image gets the
   * extension of its type.
   */
  addTemporary(content: string, extension: string): string
  readBase64(path: string): string | null
  /** Reads a file in memory or of the project, which is kept then; null when it is in neither. */
  load(path: string): Promise<Uint8Array | null>
}

export const createFileStore = ({ call }: Pick<HostBindings, 'call'>): FileStore => {
  const files = new Map<string, Uint8Array>()
  let last = 0
  return {
    userFolder: 'http://usr',
    files,
    addTemporary(content, extension) {
      const bytes = fromBase64(content)
      const name = String(++last).padStart(6, '0')
      const path = `http://tmp/${name}.${imageType(bytes)?.extension ?? extension}`
      files.set(path, bytes)
      return path
    },
    readBase64(path) {
      const bytes = files.get(path)
      return bytes ? toBase64(bytes) : null
    },
    async load(path) {
      const known = files.get(path)
      if (known) return known
      if (/^\w+:\/\//.test(path)) return null
      const content = await call('project.readFile', { path })
      if (content === null) return null
      const bytes = fromBase64(content)
      files.set(path, bytes)
      return bytes
    },
  }
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

export const toBase64 = (bytes: Uint8Array): string => {
  let text = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(at, at + 3)
    const group = (a << 16) | (b << 8) | c
    const digits = [18, 12, 6, 0].map((shift) => ALPHABET[(group >> shift) & 63])
    text += digits.join('')
  }
  const missing = (3 - (bytes.length % 3)) % 3
  return text.slice(0, text.length - missing) + '='.repeat(missing)
}

export const fromBase64 = (text: string): Uint8Array => {
  const clean = text.replace(/[^A-Za-z0-9+/]/g, '')
  const bytes = new Uint8Array(Math.floor((clean.length * 3) / 4))
  let at = 0
  for (let from = 0; from < clean.length; from += 4) {
    const digits = [0, 1, 2, 3].map((offset) =>
      Math.max(ALPHABET.indexOf(clean[from + offset] ?? 'A'), 0),
    )
    const group = digits.reduce((sum, digit) => sum * 64 + digit, 0)
    for (const shift of [16, 8, 0]) {
      if (at < bytes.length) bytes[at++] = (group >> shift) & 255
    }
  }
  return bytes
}

/** Encodes text as UTF-8 without TextEncoder, which a mini-program's realm lacks. */
export const encodeUtf8 = (text: string): Uint8Array =>
  Uint8Array.from(unescape(encodeURIComponent(text)), (char) => char.charCodeAt(0))

/** Length of a text in UTF-8, in bytes. */
export const utf8Length = (text: string): number => {
  let bytes = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    // A surrogate pair takes four bytes, two for each half.
    const isSurrogate = code >= 0xd800 && code <= 0xdfff
    bytes += code < 0x80 ? 1 : code < 0x800 || isSurrogate ? 2 : 3
  }
  return bytes
}

export const decodeUtf8 = (bytes: Uint8Array): string => {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  try {
    return decodeURIComponent(escape(binary))
  } catch {
    return binary
  }
}
