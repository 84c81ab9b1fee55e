import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { createProgress } from './progress.ts'
import { listenForStop } from './terminal.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const print = (line: string) => void process.stdout.write(`${line}\n`)

const run = async () => {
  const { values } = parseArgs({ options: { env: { type: 'string' } } })
  let stop = (): unknown => process.exit(0)
  listenForStop(() => stop())
  const during = createProgress(print)
  // Loaded only now: it takes a second, which a busy machine makes ten.
  const { runDevelopment } = await during(
    'Reading the configuration',
    import('./run-development.ts'),
  )
  const development = await runDevelopment({
    root: ROOT,
    envFile: resolve(values.env ?? join(ROOT, '.env')),
    shell: process.env,
    print,
    during,
  })
  stop = development.stop
  return await development.exited
}

const code = await run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  return 1
})
// At once: a compilation may still be running.
process.exit(code)
