import { findMismatch } from '../match.ts'
import { isNamed } from './platform/script.ts'
import type { ScriptedPlatform } from './platform/scripted-platform.ts'
import type { SeenRequest } from './platform/seen-request.ts'
import type { ResilienceCase } from './resilience-case.ts'
import type { Values } from './values.ts'
import { fill } from './values.ts'

/** What is wrong with the number of requests, or undefined. */
export const checkRequestCounts = (
  { requests = {}, sentBytesAtMost, platform: { answers = {} } = {} }: ResilienceCase,
  platform: ScriptedPlatform,
  elsewhere: ScriptedPlatform | undefined,
): string | undefined => {
  const names = Object.keys({ ...requests, ...answers })
  for (const [name, wanted] of Object.entries(requests)) {
    const seen = name === 'elsewhere' ? (elsewhere?.requests ?? []) : platform.requests
    const count = seen.filter(
      ({ path }) => name === 'elsewhere' || isNamed(path, name, names),
    ).length
    const [least, most] = typeof wanted === 'number' ? [wanted, wanted] : wanted
    if (count < least || count > most) {
      const range = least === most ? String(least) : `${least} to ${most}`
      return `${count} requests of ${name} instead of ${range}`
    }
  }
  const sent = platform.sentBytes()

  return sentBytesAtMost !== undefined && sent > sentBytesAtMost
    ? `took more than ${sentBytesAtMost} bytes`
    : undefined
}

/** What is wrong with the last request of a path, or undefined. */
export const checkLastRequests = (
  { sent = {} }: ResilienceCase,
  { requests }: ScriptedPlatform,
  values: Values,
): string | undefined => {
  for (const [name, wanted] of Object.entries(sent)) {
    const last = requests.findLast(({ path }) => isNamed(path, name, Object.keys(sent)))
    const problem = findMismatch(last && toShown(last), fill(wanted, values), name)
    if (problem) return problem
  }

  return undefined
}

const toShown = ({ method, query, body }: SeenRequest) => ({ method, query, json: parse(body) })

const parse = (body: string): unknown => {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
