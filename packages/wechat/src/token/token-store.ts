export type StoredToken = {
  accessToken: string
  /** Unix time, ms. */
  expiresAt: number
  /** From when on somebody should ask WeChat for the next one; Unix time, ms. */
  renewAt: number
}

/**
 * Where the nodes that share an appid share its access_token. Methods may reject; the client then
 * works on from its own memory.
 */
export type TokenStore = {
  read(key: string): Promise<StoredToken | null>
  write(key: string, token: StoredToken): Promise<void>
  /** Takes the key's lock for at most `ttlMs`; null when another has it. */
  lock(key: string, ttlMs: number): Promise<TokenLock | null>
}

export type TokenLock = { release(): Promise<void> }
