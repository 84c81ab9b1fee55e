import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Options } from 'close-with-grace'
import { ConfigError, loadConfig } from './config/load-config.ts'
import { VERSION } from './config/own-package.ts'
import { describeUnknown, misspeltVariables } from './config/unknown-variables.ts'

const SHUTDOWN_MS = 10_000

const readConfig = () => {
  try {
    return loadConfig(process.env)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    process.stderr.write(`The configuration cannot be used:\n${error.message}\n`)
    process.exit(1)
  }
}

const config = readConfig()
// Loaded only now, so that a mistake in the configuration shows at once.
const [
  { default: closeWithGrace },
  { createLogger },
  { migrateDatabase },
  { createServer },
  { openTracing },
] = await Promise.all([
  import('close-with-grace'),
  import('./infra/logging/logger.ts'),
  import('./infra/database/migrations/migrate-database.ts'),
  import('./server.ts'),
  import('./tracing.ts'),
])
const log = createLogger({
  level: config.logLevel,
  readable: !config.production,
  base: { node: hostname(), version: VERSION },
})

const reportFatal = (err: unknown) =>
  log.fatal({ err }, 'the process met an error that nothing handles')
const endAtOnce = (err: unknown) => {
  reportFatal(err)
  process.exit(1)
}
// Until the server runs and has something to close.
process.on('uncaughtException', endAtOnce)

for (const unknown of misspeltVariables(process.env)) log.warn(describeUnknown(unknown))

if (config.rehearsal) {
  log.warn('REHEARSAL is set: a simulator may take the place of WeChat, so nobody is who they say')
}

const start = async () => {
  // A production database is migrated by its operator, before the new release starts.
  if (!config.production || 'file' in config.database) await migrateDatabase(config.database)
  const tracing = await openTracing(config.tracing, log)
  const { app, health } = await createServer(config, log)
  const onTimeout = () => log.fatal('stopping took too long: what was still running is cut off')
  const options: Options = {
    delay: SHUTDOWN_MS,
    logger: false,
    onTimeout,
    onSecondSignal: () => log.fatal('told to stop twice: what was still running is cut off'),
    onSecondError: reportFatal,
    // Node makes an uncaught exception of it, with an error also where the reason is none.
    skip: ['unhandledRejection'],
  }
  closeWithGrace(options, async ({ signal, err }) => {
    if (err) reportFatal(err)
    else log.info({ signal }, 'stopping')
    health.stop()
    await sleep(err ? 0 : config.shutdownNoticeMs)
    await app.close()
    await tracing?.stop()
  })
  process.off('uncaughtException', endAtOnce)
  await app.listen({ host: config.http.host, port: config.http.port })
}

start().catch((err: unknown) => {
  log.fatal({ err }, 'the server could not start')
  process.exit(1)
})
