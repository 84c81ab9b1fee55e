import { FORMATS } from '../config/formats.ts'
import { loadConfig } from '../config/load-config.ts'
import { migrateDatabase } from '../infra/database/migrations/migrate-database.ts'
import type { Command, Values } from './command.ts'
import { CommandError, print, textOf } from './command.ts'

const migrate = async (values: Values) => {
  const adopt = textOf(values, 'adopt')
  const utcOffset = textOf(values, 'utc-offset')
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
    retryFailed: values['retry-failed'] === true,
  })
  print(applied.length === 0 ? 'Nothing to apply.' : `Applied: ${applied.join(', ')}`)
}

const checkOffset = (utcOffset: string, adopt: string | undefined) => {
  if (adopt === undefined) throw new CommandError('--utc-offset goes with --adopt')
  if (!/^[+-](?:0\d|1[0-4]):[0-5]\d$/.test(utcOffset)) {
    throw new CommandError('--utc-offset must look like +08:00')
  }
}

export const migrateCommand: Command = {
  name: 'migrate',
  usage: `migrate [--adopt APPID [--utc-offset +08:00]] [--retry-failed]
      --adopt        take over a wx_user table of an older system; its users belong to APPID
      --utc-offset   the time zone in which its times were written
      --retry-failed continue with a migration that failed, once its cause is gone`,
  options: {
    adopt: { type: 'string' },
    'utc-offset': { type: 'string' },
    'retry-failed': { type: 'boolean' },
  },
  run: migrate,
}
