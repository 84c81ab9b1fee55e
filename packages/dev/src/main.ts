import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { runDevelopment } from './run-development.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

if (existsSync(`${ROOT}.env`)) process.loadEnvFile(`${ROOT}.env`)

const fail = (error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}

runDevelopment({
  root: ROOT,
  env: process.env,
  say: (line) => process.stdout.write(`${line}\n`),
}).then(({ exited, stop }) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop())
  return exited.then((code) => {
    process.exitCode = code
  })
}, fail)
