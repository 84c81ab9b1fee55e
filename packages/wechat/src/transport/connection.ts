import { createEmitter } from '../events.ts'
import type { WeChatClientOptions } from '../options.ts'
import { parseBaseUrl, resolvePolicy } from '../options.ts'
import type { CallHealth } from './call-policy.ts'
import { createCallPolicy } from './call-policy.ts'
import { createPool } from './pool.ts'
import type { Send } from './send.ts'
import { createSend } from './send.ts'

export type Connection = { send: Send; health(): CallHealth; close(): Promise<void> }

/** Connections, limits and a breaker of their own: what fails here is not felt elsewhere. */
export const createConnection = (name: string, options: WeChatClientOptions): Connection => {
  const { origin, pathname } = parseBaseUrl(options.baseUrl)
  const policy = resolvePolicy(options)
  const callPolicy = createCallPolicy(name, policy, createEmitter(options.onEvent))
  const dispatcher = createPool({ ...policy, origin, ca: options.ca })
  const basePath = pathname.replace(/\/+$/, '')
  const { maxResponseBytes } = policy

  return {
    send: createSend({ dispatcher, basePath, callPolicy, maxResponseBytes }),
    health: () => callPolicy.health(),
    close: () => {
      callPolicy.close()
      return dispatcher.closed ? Promise.resolve() : dispatcher.close()
    },
  }
}
