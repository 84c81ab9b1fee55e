import { readCaseFiles } from '../case-files.ts'
import type { SealFlaw } from './sealed-call.ts'

/** What a body must be: see `match.ts`. */
export type Expected = string | number | boolean | null | Expected[] | { [key: string]: Expected }

/** One request and what must come back; `{name}` stands for a value in every text. */
export interface Step {
  method: 'GET' | 'POST'
  path: string
  query?: Record<string, string>
  /** The body as JSON, or as text that is none. */
  json?: Expected
  text?: string
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
  /** What somebody has to bring: appid, secret, code, phone_code, access_token; seal (the keys). */
  needs?: string[]
  /** What running it against the real platform uses up. */
  costs?: string
  steps: Step[]
}

// The same folder from src/conformance and from dist/conformance.
const FOLDER = new URL('../../conformance/', import.meta.url)

/** Reads all cases, in a fixed order. */
export const readConformanceCases = async (): Promise<ConformanceCase[]> =>
  // The files belong to this package; a test reads all of them.
  (await readCaseFiles(FOLDER)) as ConformanceCase[]
