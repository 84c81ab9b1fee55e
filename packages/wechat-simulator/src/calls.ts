/** One call that the simulated WeChat saw; it holds no secret, code, token or key. */
export interface Call {
  id: number
  at: number
  method: string
  path: string
  /** Without the values of secrets. */
  query: Record<string, string>
  appid?: string
  person?: string
  /** It came signed and encrypted, correctly or not. */
  sealed?: boolean
  /** 0 is success; absent when a fault replaced WeChat's answer. */
  errcode?: number
  /** The errmsg of a refusal, without its request id. */
  errmsg?: string
  /** Which fault was applied to the answer. */
  fault?: string
}

export interface Calls {
  add: (call: Omit<Call, 'id'>) => void
  list: (filter?: { path?: string; since?: number }) => Call[]
  clear: () => void
}

const HIDDEN = '…'
const SECRETS = new Set(['secret', 'access_token', 'js_code', 'signature', 'code'])

/** Remembers the last `limit()` calls. */
export const createCalls = (limit: () => number, onAdd: () => void): Calls => {
  let calls: Call[] = []
  let lastId = 0

  return {
    add: (input) => {
      lastId += 1
      calls.push({ id: lastId, ...input })
      if (calls.length > limit() * 2) calls = calls.slice(-limit())
      onAdd()
    },
    list: ({ path, since } = {}) =>
      calls
        .slice(-limit())
        .filter((call) => path === undefined || call.path === path)
        .filter((call) => since === undefined || call.at >= since),
    clear: () => {
      calls = []
    },
  }
}

/** The query with its secret values replaced. */
export const withoutSecrets = (query: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(query).map(([key, value]) => [key, SECRETS.has(key) ? HIDDEN : value]),
  )
