export type CallOptions = {
  /** Ends the call early; it then rejects with this signal's reason. */
  signal?: AbortSignal | undefined
}
