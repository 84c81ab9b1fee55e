import { parseArgs } from 'node:util'
import { DISABLE_REASONS, isDisableCode } from './account/disable-reasons.ts'
import type { AccountChange, Accounts, FreezeReason } from './account/freeze.ts'
import { AccountClosed } from './account/freeze.ts'
import { MIN_EVENT_DAYS, pruneEvents } from './audit/retention.ts'
import { FORMATS } from './config/formats.ts'
import { ConfigError, loadConfig } from './config/load-config.ts'
import { isDisplayText } from './http/text-formats.ts'
import { migrateDatabase } from './infra/database/migrations/migrate-database.ts'
import { MigrationRefused } from './infra/database/migrations/plan.ts'
import { createLogger } from './infra/logging/logger.ts'
import { openCore, openTruth } from './server.ts'

/** As long as their columns. */
const MAX_TEXT_LENGTH = 255

const USAGE = `usage:
  cli migrate [--adopt APPID [--utc-offset +08:00]] [--retry-failed]
      --adopt        take over a wx_user of an older system; its people belong to APPID
      --utc-offset   in which zone its times were written
      --retry-failed go on with a migration that failed, once its cause is gone
  cli user freeze --openid OPENID [--code CODE] [--reason TEXT] [--note TEXT]
      --code         ${Object.keys(DISABLE_REASONS).join(', ')}
      --reason       what the person is told, instead of the words that go with CODE
      --note         for operators; the person never sees it
  cli user unfreeze --openid OPENID
  cli events prune --older-than-days DAYS
      DAYS           ${MIN_EVENT_DAYS} or more; needs a database user that may delete login events
`

const OPTIONS = {
  adopt: { type: 'string' },
  'utc-offset': { type: 'string' },
  'retry-failed': { type: 'boolean' },
  openid: { type: 'string' },
  code: { type: 'string' },
  reason: { type: 'string' },
  note: { type: 'string' },
  'older-than-days': { type: 'string' },
} as const

const ALLOWED: Record<string, readonly string[]> = {
  migrate: ['adopt', 'utc-offset', 'retry-failed'],
  'user freeze': ['openid', 'code', 'reason', 'note'],
  'user unfreeze': ['openid'],
  'events prune': ['older-than-days'],
}

/** What was asked for cannot be done; the text says why. */
class CommandError extends Error {}

const say = (line: string) => process.stdout.write(`${line}\n`)

const parse = (args: string[]) => parseArgs({ args, allowPositionals: true, options: OPTIONS })
type Values = ReturnType<typeof parse>['values']

const run = async (args: string[]) => {
  const { positionals, values } = parse(args)
  const command = positionals.join(' ')
  const allowed = ALLOWED[command]
  if (allowed === undefined) throw new CommandError(USAGE)
  const alien = Object.keys(values).find((name) => !allowed.includes(name))
  if (alien !== undefined) throw new CommandError(`--${alien} does not belong here\n${USAGE}`)
  if (command === 'migrate') return migrate(values)
  if (command === 'events prune') return prune(values)
  const { openid } = values
  if (openid === undefined) throw new CommandError(`--openid is missing\n${USAGE}`)
  const reason = reasonOf(values)
  await changeAccount((accounts, appId) =>
    command === 'user freeze'
      ? accounts.freeze({ appId, openid }, reason)
      : accounts.unfreeze({ appId, openid }),
  )
}

const reasonOf = ({ code, reason, note }: Values): FreezeReason => {
  if (code !== undefined && !isDisableCode(code)) {
    throw new CommandError(`--code is not one of ${Object.keys(DISABLE_REASONS).join(', ')}`)
  }
  for (const [flag, text] of Object.entries({ reason, note })) {
    if (text !== undefined && [...text].length > MAX_TEXT_LENGTH) {
      throw new CommandError(`--${flag} is longer than ${MAX_TEXT_LENGTH} characters`)
    }
  }
  // The person would read an empty refusal, or one that turns itself around on the screen.
  if (reason !== undefined && (reason.trim() === '' || !isDisplayText(reason))) {
    throw new CommandError('--reason must be words that can be shown')
  }
  return {
    ...(code === undefined ? {} : { code }),
    ...(reason === undefined ? {} : { text: reason }),
    ...(note === undefined ? {} : { note }),
  }
}

const migrate = async ({ adopt, 'utc-offset': utcOffset, 'retry-failed': retryFailed }: Values) => {
  if (utcOffset !== undefined) checkOffset(utcOffset, adopt)
  const { database } = loadConfig(process.env)
  if (adopt !== undefined && !('url' in database)) {
    throw new CommandError('--adopt is for MySQL and MariaDB: set DATABASE_URL')
  }
  if (adopt !== undefined && FORMATS['wx-appid']?.(adopt) !== null) {
    throw new CommandError('--adopt needs the appid: wx and 16 hexadecimal digits')
  }
  const applied = await migrateDatabase({
    ...database,
    ...(adopt === undefined ? {} : { adopt: { appId: adopt, utcOffset } }),
    retryFailed,
  })
  say(applied.length === 0 ? 'Nothing to apply.' : `Applied: ${applied.join(', ')}`)
}

const checkOffset = (utcOffset: string, adopt: string | undefined) => {
  if (adopt === undefined) throw new CommandError('--utc-offset goes with --adopt')
  if (!/^[+-](?:0\d|1[0-4]):[0-5]\d$/.test(utcOffset)) {
    throw new CommandError('--utc-offset must look like +08:00')
  }
}

const prune = async ({ 'older-than-days': text = '' }: Values) => {
  const days = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (days < MIN_EVENT_DAYS) {
    throw new CommandError(`--older-than-days must be ${MIN_EVENT_DAYS} or more`)
  }
  const log = createLogger({ level: 'error', readable: true })
  const database = await openTruth(loadConfig(process.env), log)
  try {
    say(`Removed: ${await pruneEvents(database.loginEvents, days)} event(s).`)
  } finally {
    await database.close()
  }
}

type Change = (accounts: Accounts, appId: string) => Promise<AccountChange | null>

const changeAccount = async (change: Change) => {
  const config = loadConfig(process.env)
  const log = createLogger({ level: 'error', readable: true })
  const core = await openCore(config, log)
  try {
    const done = await change(core.accounts, config.wechat.appId)
    if (done === null) throw new CommandError('There is no such person.')
    say(`Done: ${done.user.publicId}, ${done.ended} session(s) ended.`)
    if (!done.everywhere) say('Redis is away: other nodes notice within a minute.')
  } finally {
    await core.close()
  }
}

run(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${isExpected(error) ? error.message : String(error)}\n`)
  process.exitCode = 1
})

/** The operator can do something about it, and the text says what. */
const isExpected = (error: unknown): error is Error =>
  error instanceof CommandError ||
  error instanceof AccountClosed ||
  error instanceof ConfigError ||
  error instanceof MigrationRefused ||
  (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))
