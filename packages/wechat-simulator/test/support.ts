import { afterEach } from 'vitest'
import type { Simulator, SimulatorOptions } from '../src/index.ts'
import { startSimulator } from '../src/index.ts'

export const APP = { appid: 'wx1111111111111111', secret: 'a'.repeat(32) }

export interface Exchange {
  status: number
  contentType: string | null
  body: Record<string, unknown>
}

/** Starts simulators that end with the test. */
export const useSimulator = () => {
  const running: Simulator[] = []
  afterEach(async () => {
    await Promise.all(running.splice(0).map((simulator) => simulator.close()))
  })

  return async (options: SimulatorOptions = {}) => {
    const simulator = await startSimulator({ apps: [APP], ...options })
    running.push(simulator)

    return simulator
  }
}

/** GET /sns/jscode2session with valid parameters except `change`; undefined leaves a field out. */
export const code2Session = async (
  { url }: { url: string },
  change: Record<string, string | undefined>,
): Promise<Exchange> => {
  const query = { ...APP, grant_type: 'authorization_code', ...change }
  const given = Object.entries(query).filter((entry): entry is [string, string] => !!entry[1])
  const response = await fetch(`${url}/sns/jscode2session?${new URLSearchParams(given)}`)

  return {
    status: response.status,
    contentType: response.headers.get('content-type'),
    body: (await response.json()) as Record<string, unknown>,
  }
}

/** A client of one app's token-protected endpoints. */
export const createApi = async ({ url }: { url: string }, app = APP) => {
  const ask = async (path: string, init?: RequestInit) =>
    (await (await fetch(`${url}${path}`, init)).json()) as Record<string, unknown>
  const body = JSON.stringify({ grant_type: 'client_credential', ...app })
  const { access_token } = await ask('/cgi-bin/stable_token', { method: 'POST', body })
  const address = (path: string, query: Record<string, string> = {}) =>
    `${path}?${new URLSearchParams({ access_token: String(access_token), ...query })}`

  return {
    get: (path: string, query?: Record<string, string>) => ask(address(path, query)),
    post: (path: string, json: object, query?: Record<string, string>) =>
      ask(address(path, query), { method: 'POST', body: JSON.stringify(json) }),
    /** The answer as it came, for what is not JSON. */
    raw: (path: string, init?: RequestInit, query?: Record<string, string>) =>
      fetch(`${url}${address(path, query)}`, init),
  }
}
