import type { Clock } from './clock.ts'

/** What a code stands for. */
export interface Code {
  readonly appid: string
  readonly person: string
  readonly issuedAt: number
  readonly expiresAt: number
  used: boolean
}

/** One-time codes of one kind: bound to an app and a person, short-lived. */
export interface Codes {
  issue: (appid: string, person: string) => string
  /** Also finds expired and used codes, until one lifetime after their expiry. */
  get: (code: string) => Code | undefined
}

export const createCodes = (clock: Clock, ttlMs: () => number, createText: () => string): Codes => {
  const codes = new Map<string, Code>()

  // Codes are kept in the order of issue, so the forgettable ones are at the front.
  const forgetOld = () => {
    for (const [code, { expiresAt }] of codes) {
      if (expiresAt + ttlMs() > clock.now()) return
      codes.delete(code)
    }
  }

  return {
    issue: (appid, person) => {
      forgetOld()
      const code = createText()
      const issuedAt = clock.now()
      codes.set(code, { appid, person, issuedAt, expiresAt: issuedAt + ttlMs(), used: false })

      return code
    },
    get: (code) => codes.get(code),
  }
}
