/**
 * How nodes hear that what they know about sessions no longer holds. While `isAlive()`, everything
 * published anywhere more than a second ago has been delivered here.
 */
export type RevocationFeed = {
  isAlive(): boolean
  /** Resolves when the feed has taken it; rejects when it could not. */
  publish(ids: readonly string[]): Promise<void>
  /** `onLapse` is called whenever messages may have been missed, before `isAlive()` is true again. */
  subscribe(listener: { onForget(ids: readonly string[]): void; onLapse(): void }): void
  /** True when other processes hear it too. */
  readonly shared: boolean
  close(): Promise<void>
}
