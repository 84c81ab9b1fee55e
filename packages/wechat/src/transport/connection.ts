import type { OnCall, OnEvent } from '../events.ts'
import type { PolicyOptions } from '../options.ts'
import type { CallHealth } from './call-policy.ts'
import { createCallPolicy } from './call-policy.ts'
import { createPool } from './pool.ts'
import type { Send } from './send.ts'
import { createSend } from './send.ts'

export type Connection = { send: Send; health(): CallHealth; close(): Promise<void> }

type Parts = {
  baseUrl: URL
  ca: string | undefined
  policy: PolicyOptions
  emit: OnEvent
  measured: OnCall
}

/** Connections and a call policy of their own: an outage here does not reach other connections. */
export const createConnection = (
  name: string,
  { baseUrl: { origin, pathname }, ca, policy, emit, measured }: Parts,
): Connection => {
  const { connectTimeoutMs, maxConcurrent, maxResponseBytes } = policy
  const callPolicy = createCallPolicy(name, policy, { emit, measured })
  const dispatcher = createPool({ origin, ca, connectTimeoutMs, maxConcurrent })
  const basePath = pathname.replace(/(?<!\/)\/+$/, '')

  return {
    send: createSend({ dispatcher, basePath, callPolicy, maxResponseBytes }),
    health: () => callPolicy.health(),
    close: () => {
      callPolicy.close()
      return dispatcher.closed ? Promise.resolve() : dispatcher.close()
    },
  }
}
