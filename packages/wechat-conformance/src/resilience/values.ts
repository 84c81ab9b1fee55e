import { randomBytes } from 'node:crypto'
import type { Expected } from '../match.ts'

/** The values of `{name}` in one run of one case; they are random, so that a leak can be found. */
export type Values = ReadonlyMap<string, string>

const TOKENS = 4

export const createValues = (): Values =>
  new Map([
    ['appid', `wx${randomBytes(8).toString('hex')}`],
    ['secret', randomBytes(16).toString('hex')],
    ['code', `0${randomBytes(15).toString('hex')}0`],
    ['openid', `o${randomBytes(20).toString('base64url')}`.slice(0, 28)],
    ['session_key', randomBytes(16).toString('base64')],
    ['other_session_key', randomBytes(16).toString('base64')],
    ['push_token', randomBytes(8).toString('hex')],
    ['push_key', toAesKey(randomBytes(32))],
    ['previous_push_key', toAesKey(randomBytes(32))],
    ['unknown_push_key', toAesKey(randomBytes(32))],
    ...Array.from({ length: TOKENS }, (_, index): [string, string] => [
      `access_token_${index + 1}`,
      `${index + 1}_${randomBytes(40).toString('base64url')}`,
    ]),
  ])

/** The values that no error may show, by name. */
export const secretsOf = (values: Values): [string, string][] =>
  [...values].filter(([name]) => /secret|code|session_key|access_token|push_/.test(name))

/**
 * Replaces `{name}` by its value. A text that is `{now}`, `{now-60}` or `{now+60}` becomes that
 * Unix time, a number of seconds.
 */
export const fill = (part: Expected, values: Values): Expected => {
  if (typeof part === 'string') return toTime(part) ?? fillText(part, values)
  if (Array.isArray(part)) return part.map((item) => fill(item, values))
  if (typeof part !== 'object' || part === null) return part

  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, fill(value, values)]))
}

export const fillText = (text: string, values: Values): string =>
  text.replaceAll(/\{([a-z_0-9]+)\}/g, (whole, name: string) => values.get(name) ?? whole)

/** Replaces values by their names, so that the reports of two runs are the same. */
export const mask = (text: string, values: Values): string =>
  [...values].reduce((masked, [name, value]) => masked.replaceAll(value, `{${name}}`), text)

const toTime = (text: string) => {
  const offset = /^\{now([+-]\d+)?\}$/.exec(text)
  return offset && Math.floor(Date.now() / 1_000) + Number(offset[1] ?? 0)
}

// WeChat's keys have letters and digits only.
const toAesKey = (bytes: Buffer) => bytes.toString('hex').slice(0, 43)
