export type StoredToken = {
  accessToken: string
  /** Unix time, ms. */
  expiresAt: number
  /** When a node should ask WeChat for the next token; Unix time, ms. */
  renewAt: number
}

/**
 * Where the nodes of one appid share its access_token. Methods may reject; the client then goes on
 * with the token in its own memory.
 */
export type TokenStore = {
  read(key: string): Promise<StoredToken | null>
  write(key: string, token: StoredToken): Promise<void>
  /** Takes the lock of the key for at most `ttlMs`; null when another caller holds it. */
  lock(key: string, ttlMs: number): Promise<TokenLock | null>
}

export type TokenLock = { release(): Promise<void> }
