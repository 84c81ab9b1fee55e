import { readdir, readFile } from 'node:fs/promises'
import type { SealFlaw } from '@oa/wechat-simulator/wire-format'
import { readCaseFiles } from '../case-files.ts'
import type { Expected } from '../match.ts'
import { expand } from './expand.ts'
import type { Setup } from './fixture.ts'

/** One request and the expected answer; `{name}` in any text stands for a value. */
export interface Step {
  method: 'GET' | 'POST'
  path: string
  query?: Record<string, string>
  /** The body, as JSON or verbatim; `headers` give the Content-Type of a `text`. */
  json?: Expected
  text?: string
  headers?: Record<string, string>
  /** Query and JSON are signed and encrypted; a flaw makes that wrong on purpose. */
  sealed?: true | SealFlaw
  /** A sealed answer is verified and decrypted first; `sealed` says whether it must be one. */
  expect: { status?: number; contentType?: string; sealed?: boolean; body?: Expected }
  /** Keeps fields of the answer as values for later steps. */
  save?: Record<string, string>
}

/** Something that every WeChat platform must do. */
export interface ConformanceCase {
  id: string
  about: string
  /** The URL of the page that says so. */
  source: string
  /** Whether an official page confirms it; else it was observed, or follows from another page. */
  confirmed: boolean
  /**
   * Values that the caller supplies: appid, secret, access_token; code, other_code, phone_code,
   * realtime_phone_code; seal (the keys). Only a simulator can supply person_openid (of a person
   * who has used the app), stranger_openid and other_app_openid.
   */
  needs?: string[]
  /** The state that the platform must be in; only a simulator can be put into it. */
  setup?: Setup
  /** What running it against the real platform uses up. */
  costs?: string
  steps: Step[]
}

// The same folder from src/conformance and from dist/conformance.
const FOLDER = new URL('../../conformance/', import.meta.url)
const LISTS = new URL('lists/', FOLDER)

/** Reads all cases in a fixed order; a case with `each` becomes one case per entry. */
export const readConformanceCases = async (): Promise<ConformanceCase[]> => {
  const written = (await readCaseFiles(FOLDER)) as Expected[]
  const lists = await readLists()

  // The cast is safe: the files belong to this package, and a test reads all of them.
  return written.flatMap((entry) => expand(entry, lists)) as unknown as ConformanceCase[]
}

/** The lists that `each` can name, by file name. */
const readLists = async () => {
  const names = await readdir(LISTS)
  const lists = await Promise.all(
    names.map(async (name) => [
      name.replace(/\.json$/, ''),
      JSON.parse(await readFile(new URL(name, LISTS), 'utf8')),
    ]),
  )

  return Object.fromEntries(lists)
}
