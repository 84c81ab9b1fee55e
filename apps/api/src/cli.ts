import { parseArgs } from 'node:util'
import { ConfigError, loadConfig } from './config/load-config.ts'
import { createLogger } from './logging/logger.ts'
import { migrateDatabase } from './migrations/migrate-database.ts'
import { openCore } from './server.ts'
import type { AccountChange, Accounts } from './services/accounts.ts'

const USAGE = `usage:
  cli migrate
  cli user freeze --openid OPENID [--reason TEXT]   the person is shown TEXT
  cli user unfreeze --openid OPENID
`

/** What was asked for cannot be done; the text says why. */
class CommandError extends Error {}

const say = (line: string) => process.stdout.write(`${line}\n`)

const run = async (args: string[]) => {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: { openid: { type: 'string' }, reason: { type: 'string' } },
  })
  const command = positionals.join(' ')
  if (command === 'migrate') return migrate()
  if (command !== 'user freeze' && command !== 'user unfreeze') throw new CommandError(USAGE)
  const { openid, reason = null } = values
  if (openid === undefined) throw new CommandError(`--openid is missing\n${USAGE}`)
  await changeAccount((accounts, appId) =>
    command === 'user freeze'
      ? accounts.freeze({ appId, openid }, reason)
      : accounts.unfreeze({ appId, openid }),
  )
}

const migrate = async () => {
  const applied = await migrateDatabase(loadConfig(process.env).database)
  say(applied.length === 0 ? 'Nothing to apply.' : `Applied: ${applied.join(', ')}`)
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
  const known = error instanceof CommandError || error instanceof ConfigError
  process.stderr.write(`${known || isArgumentError(error) ? error.message : String(error)}\n`)
  process.exitCode = 1
})

const isArgumentError = (error: unknown): error is Error =>
  error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
