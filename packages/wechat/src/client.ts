import { createEmitter } from './events.ts'
import type { Code2Session } from './login/code2session.ts'
import { createCode2Session } from './login/code2session.ts'
import type { WeChatClientOptions } from './options.ts'
import { parseBaseUrl, resolvePolicy } from './options.ts'
import type { LaneHealth } from './transport/lane.ts'
import { createLane } from './transport/lane.ts'
import { createPool } from './transport/pool.ts'
import { createSend } from './transport/send.ts'

export type WeChatClient = {
  code2Session: Code2Session
  /** What this process has lately seen of WeChat; sends nothing. */
  health(): LaneHealth
  /** Ends the connections; resolves when the calls under way have their answers. */
  close(): Promise<void>
}

/**
 * A client for one mini-program. Clients share nothing, so several appids live side by side. Throws a
 * TypeError for options that cannot work; its text never quotes a value.
 */
export const createWeChatClient = (options: WeChatClientOptions): WeChatClient => {
  const credentials = checkCredentials(options)
  const { origin, pathname } = parseBaseUrl(options.baseUrl)
  const policy = resolvePolicy(options)
  const dispatcher = createPool({ ...policy, origin, ca: options.ca })
  const lane = createLane('login', policy, createEmitter(options.onEvent))
  const send = createSend({
    dispatcher,
    basePath: pathname.replace(/\/+$/, ''),
    lane,
    maxResponseBytes: policy.maxResponseBytes,
  })

  return {
    code2Session: createCode2Session(send, credentials),
    health: () => lane.health(),
    close: () => {
      lane.close()
      return dispatcher.closed ? Promise.resolve() : dispatcher.close()
    },
  }
}

const checkCredentials = ({ appId, appSecret }: WeChatClientOptions) => {
  if (!PRINTABLE.test(appId)) throw new TypeError('appId must be 1 to 128 visible characters')
  if (!PRINTABLE.test(appSecret)) {
    throw new TypeError('appSecret must be 1 to 128 visible characters')
  }

  return { appId, appSecret }
}

const PRINTABLE = /^[\x21-\x7e]{1,128}$/
