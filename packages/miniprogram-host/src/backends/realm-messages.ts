/** Data of a new worker. `bundle` and `options` are JSON that the worker's realm parses. */
export interface StartData {
  runtimeScript: string
  scripts: { name: string; code: string }[]
  bundle: string
  options: string
}

/** Messages from the host to the realm of a mini-program. */
export type ToRealm =
  | { type: 'dispatch'; id: number; method: string; params: string }
  | { type: 'answer'; id: number; result?: unknown; error?: string }
  | { type: 'push'; name: string; params: unknown }
  | { type: 'script'; code: string }
  | { type: 'memory'; id: number }

/** Messages from the realm of a mini-program to the host. */
export type FromRealm =
  | { type: 'started' }
  | { type: 'failed'; error: string; stack: string }
  | { type: 'event'; event: string; params: unknown }
  | { type: 'call'; id: number; service: string; params: unknown }
  | { type: 'result'; id: number; result?: unknown; error?: string }
