/** What the worker is given at its start; bundle and options are JSON, to be parsed in its realm. */
export interface StartData {
  runtimeScript: string
  scripts: { name: string; code: string }[]
  bundle: string
  options: string
}

export type ToWorker =
  | { type: 'dispatch'; id: number; method: string; params: string }
  | { type: 'answer'; id: number; result?: unknown; error?: string }
  | { type: 'script'; code: string }
  | { type: 'memory'; id: number }

export type FromWorker =
  | { type: 'started' }
  | { type: 'failed'; error: string; stack: string }
  | { type: 'event'; event: string; params: unknown }
  | { type: 'call'; id: number; service: string; params: unknown }
  | { type: 'result'; id: number; result?: unknown; error?: string }
