/**
 * Sessions of some users ended, or may have. A key names a user: by public id, or by openid where the
 * public id is not known.
 */
export type Revocation = {
  keys: readonly string[]
  /** False when the database did not say whether, and when, the sessions end: they may end later. */
  settled: boolean
}

/**
 * How nodes hear that what they know about sessions no longer holds. While `isAlive()`, everything
 * published by any node more than a second ago has been delivered here, and every node could publish.
 */
export type RevocationFeed = {
  isAlive(): boolean
  /** Whether what this node publishes comes back to it: Redis is there, whatever other nodes do. */
  isConnected(): boolean
  /** Resolves when the feed has taken it; rejects when it could not. */
  publish(revocation: Revocation): Promise<void>
  /** `onLapse` is called whenever messages may have been missed, before `isAlive()` is true again. */
  subscribe(listener: { onRevoke(revocation: Revocation): void; onLapse(): void }): void
  /** True when other processes hear it too. */
  readonly shared: boolean
  close(): Promise<void>
}
