import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { runDevelopment } from './run-development.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

const run = async () => {
  if (existsSync(`${ROOT}.env`)) process.loadEnvFile(`${ROOT}.env`)
  const { exited, stop } = await runDevelopment({
    root: ROOT,
    env: process.env,
    print: (line) => process.stdout.write(`${line}\n`),
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop())
  process.exitCode = await exited
}

run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})
