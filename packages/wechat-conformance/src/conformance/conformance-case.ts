import { readdir, readFile } from 'node:fs/promises'
import type { SealFlaw } from '@oa/wechat-simulator/wire-format'
import { readCaseFiles } from '../case-files.ts'
import type { Expected } from '../match.ts'
import { expand } from './expand.ts'
import type { Setup } from './fixture.ts'

/** One request and what must come back; `{name}` stands for a value in every text. */
export interface Step {
  method: 'GET' | 'POST'
  path: string
  query?: Record<string, string>
  /** The body as JSON, or as text that is none; `headers` say what kind of text. */
  json?: Expected
  text?: string
  headers?: Record<string, string>
  /** Query and JSON are signed and encrypted; with a flaw, wrongly. */
  sealed?: true | SealFlaw
  /** A sealed answer is checked and opened first; `sealed` says whether it must be one. */
  expect: { status?: number; contentType?: string; sealed?: boolean; body?: Expected }
  /** Keeps fields of the answer as values for later steps. */
  save?: Record<string, string>
}

/** Something that every WeChat platform must do. */
export interface ConformanceCase {
  id: string
  about: string
  /** The page that says so. */
  source: string
  /** Whether an official page says so; otherwise it was seen, or follows from another page. */
  confirmed: boolean
  /**
   * What somebody has to bring: appid, secret, access_token; code, other_code, phone_code,
   * realtime_phone_code; seal (the keys). Only a simulator knows person_openid (somebody who has
   * used the app), stranger_openid and other_app_openid.
   */
  needs?: string[]
  /** How the platform has to be for it, which only a simulator can be made. */
  setup?: Setup
  /** What running it against the real platform uses up. */
  costs?: string
  steps: Step[]
}

// The same folder from src/conformance and from dist/conformance.
const FOLDER = new URL('../../conformance/', import.meta.url)
const LISTS = new URL('lists/', FOLDER)

/** Reads all cases, in a fixed order, each written out for what it is about. */
export const readConformanceCases = async (): Promise<ConformanceCase[]> => {
  const written = (await readCaseFiles(FOLDER)) as Expected[]
  const lists = await readLists()

  // The files belong to this package; a test reads all of them.
  return written.flatMap((entry) => expand(entry, lists)) as unknown as ConformanceCase[]
}

/** What cases are written out for, by the name of the file. */
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
