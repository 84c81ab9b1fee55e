/**
 * Short texts that nodes share for a minute. The cache may forget anything at any time; it must not
 * remember what `forget` named.
 */
export type SharedCache = {
  /** `freshForMs`: for how long the entry may still be trusted. Null when nothing is known. */
  get(id: string): Promise<{ text: string; freshForMs: number } | null>
  /** Has no effect for a minute after `forget` named the id: a slow reader cannot revive it. */
  put(id: string, text: string): Promise<void>
  forget(ids: readonly string[]): Promise<void>
}
