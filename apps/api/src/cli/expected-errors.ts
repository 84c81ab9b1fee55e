import { WeChatError } from '@oa/wechat'
import { AccountClosed } from '../account/freeze.ts'
import { ConfigError } from '../config/load-config.ts'
import { DatabaseUnavailable } from '../infra/database/failures.ts'
import { MigrationRefused } from '../infra/database/migrations/plan.ts'

/** What the API refuses with words for an operator. */
export const isExpectedOfApi = (error: unknown): boolean =>
  error instanceof AccountClosed ||
  error instanceof ConfigError ||
  error instanceof MigrationRefused ||
  isUnavailable(error)

/** An outside system is away; the text names it and holds no secret. */
export const isUnavailable = (error: unknown): error is Error =>
  error instanceof DatabaseUnavailable || error instanceof WeChatError
