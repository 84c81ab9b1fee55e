/** Where a request came from, as sessions and login events remember it. */
export type Caller = { ip: string; userAgent: string; requestId: string }
