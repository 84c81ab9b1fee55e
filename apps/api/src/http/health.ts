import type { Database } from '../infra/database/open-database.ts'
import type { RevocationFeed } from '../infra/shared-state/revocation-feed.ts'
import type { WeChatState } from '../infra/wechat/types.ts'

export type HealthReport = {
  /** False when this process must get no traffic. */
  ready: boolean
  state: 'ok' | 'degraded' | 'down' | 'stopping'
  checks: { database: string; redis: string; wechat: string }
}

export type Health = {
  check(): Promise<HealthReport>
  /** From now on not ready: the process is about to stop. */
  stop(): void
  isStopping(): boolean
}

type Deps = {
  database: Pick<Database, 'check'>
  feed: RevocationFeed
  wechats: { state(): WeChatState }
}

/** Without the database nothing works; without Redis or WeChat, users who are signed in keep working. */
export const createHealth = ({ database, feed, wechats }: Deps): Health => {
  let stopping = false
  return {
    async check() {
      const checks = {
        database: await database.check().then(
          () => 'up',
          () => 'down',
        ),
        redis: feed.shared ? (feed.isConnected() ? 'up' : 'down') : 'off',
        wechat: wechats.state(),
      }
      const state = stopping ? 'stopping' : stateOf(checks)
      return { ready: state === 'ok' || state === 'degraded', state, checks }
    },
    stop() {
      stopping = true
    },
    isStopping: () => stopping,
  }
}

const stateOf = ({ database, redis, wechat }: HealthReport['checks']) => {
  if (database !== 'up') return 'down'
  return redis === 'down' || wechat !== 'up' ? 'degraded' : 'ok'
}
