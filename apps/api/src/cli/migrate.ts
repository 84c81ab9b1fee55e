import { FORMATS } from '../config/formats.ts'
import { loadDatabaseConfig } from '../config/load-config.ts'
import type { AdoptionPlan } from '../infra/database/adoption/adopt-wx-user.ts'
import type { Command, Shell, Values } from './command.ts'
import { CommandError, EXIT, misuse, textOf } from './command.ts'
import { confirm } from './confirm.ts'
import { whoOf } from './who.ts'
import { withStores } from './with-core.ts'

const migrate = async (values: Values, shell: Shell) => {
  const { env } = shell
  const adopt = textOf(values, 'adopt')
  const utcOffset = textOf(values, 'utc-offset')
  if (utcOffset !== undefined) checkOffset(utcOffset, adopt)
  // Loaded only now, so that a mistake on the command line shows at once.
  whoOf(values)
  const { database } = loadDatabaseConfig(env)
  if (adopt !== undefined && !('url' in database)) {
    throw misuse('--adopt is for MySQL and MariaDB: set DATABASE_URL')
  }
  if (adopt !== undefined && FORMATS['wx-appid']?.(adopt) !== null) {
    throw misuse('--adopt needs the appid: wx and 16 hexadecimal digits')
  }
  const dryRun = values['dry-run'] === true
  if (dryRun && adopt === undefined) throw misuse('--dry-run goes with --adopt')
  const adoption = adopt === undefined ? undefined : { appId: adopt, utcOffset }
  const { migrateDatabase, planAdoptionOf } = await import(
    '../infra/database/migrations/migrate-database.ts'
  )
  if (adoption !== undefined && 'url' in database) {
    checkServed(adoption.appId, env)
    const plan = await planAdoptionOf(database.url, adoption)
    if (dryRun) return printPlan(values, shell, plan)
    if (values.json !== true && plan !== null) shell.print(describeUsers(plan))
    await confirm(values, shell, 'This changes the table wx_user in place: there must be a backup.')
  }
  const applied = await migrateDatabase({
    ...database,
    adopt: adoption,
    retryFailed: values['retry-failed'] === true,
  })
  if (applied.length > 0) await recordMigration(values, shell, { applied, adopt: adopt ?? null })
  if (values.json === true) return shell.print(JSON.stringify({ applied }))
  shell.print(applied.length === 0 ? 'Nothing to apply.' : `Applied: ${applied.join(', ')}`)
}

const describeUsers = ({ users: { all, active, frozen, closed } }: AdoptionPlan) =>
  `wx_user has ${all} user(s): ${active} active, ${frozen} frozen, ${closed} closed.`

/** Ends with 5 when the table cannot be adopted as it is. */
const printPlan = (values: Values, shell: Shell, plan: AdoptionPlan | null) => {
  if (values.json === true) shell.print(JSON.stringify({ plan }))
  else if (plan === null) shell.print('There is no wx_user of an older system: nothing to adopt.')
  else for (const line of describePlan(plan)) shell.print(line)
  const problems = plan?.problems.length ?? 0
  if (problems > 0) throw new CommandError(`${problems} problem(s).`, EXIT.problems)
}

const describePlan = (plan: AdoptionPlan): string[] => {
  const { adopted, addedColumns, otherColumns, lastSignIn, problems } = plan
  return [
    describeUsers(plan),
    ...(adopted ? ['It is adopted already.'] : []),
    ...(addedColumns.length > 0 ? [`Columns that are added: ${addedColumns.join(', ')}`] : []),
    ...(otherColumns.length > 0
      ? [`Columns that stay as they are: ${otherColumns.join(', ')}`]
      : []),
    ...(lastSignIn === null
      ? []
      : [
          `The newest sign-in, ${lastSignIn.written}, is taken for ${lastSignIn.utc} UTC: see --utc-offset.`,
        ]),
    ...problems.map((problem) => `PROBLEM: ${problem}`),
    'Nothing was changed.',
  ]
}

/** Only afterwards is there a table for it. */
const recordMigration = (values: Values, shell: Shell, detail: Readonly<Record<string, unknown>>) =>
  withStores(
    values,
    shell,
    ({ act }) => act({ act: 'migrate', detail }, async () => {}),
    loadDatabaseConfig,
  )

/** Users of an appid that nobody serves could never sign in. */
const checkServed = (appId: string, { WX_APPID, WX_APPS }: NodeJS.ProcessEnv) => {
  const served = [WX_APPID ?? '', ...(WX_APPS ?? '').split(',').map((app) => app.split(':')[0])]
  const named = served.filter((one) => one !== '')
  if (named.length > 0 && !named.includes(appId)) {
    throw misuse(`--adopt names ${appId}, and this API serves ${named.join(', ')}`)
  }
}

const checkOffset = (utcOffset: string, adopt: string | undefined) => {
  if (adopt === undefined) throw misuse('--utc-offset goes with --adopt')
  if (!/^[+-](?:0\d|1[0-4]):[0-5]\d$/.test(utcOffset)) {
    throw misuse('--utc-offset must look like +08:00')
  }
}

export const migrateCommand: Command = {
  name: 'migrate',
  usage: `migrate [--adopt APPID [--utc-offset +08:00] [--dry-run]] [--retry-failed]
      --adopt        take over a wx_user table of an older system; its users belong to APPID
      --utc-offset   the time zone in which its times were written
      --dry-run      says how many users there are, what would change and what is in the way; changes nothing
      --retry-failed continue with a migration that failed, once its cause is gone`,
  options: {
    adopt: { type: 'string' },
    'utc-offset': { type: 'string' },
    'dry-run': { type: 'boolean' },
    'retry-failed': { type: 'boolean' },
  },
  run: migrate,
}
