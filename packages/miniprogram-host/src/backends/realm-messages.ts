/** What the worker is given at its start; bundle and options are JSON, to be parsed in its realm. */
export interface StartData {
  runtimeScript: string
  scripts: { name: string; code: string }[]
  bundle: string
  options: string
}

/** From the host to the realm, a worker's or a browser's, in which the mini-program runs. */
export type ToRealm =
  | { type: 'dispatch'; id: number; method: string; params: string }
  | { type: 'answer'; id: number; result?: unknown; error?: string }
  | { type: 'script'; code: string }
  | { type: 'memory'; id: number }

export type FromRealm =
  | { type: 'started' }
  | { type: 'failed'; error: string; stack: string }
  | { type: 'event'; event: string; params: unknown }
  | { type: 'call'; id: number; service: string; params: unknown }
  | { type: 'result'; id: number; result?: unknown; error?: string }
