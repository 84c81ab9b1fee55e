import { isExpected, run } from './cli/run.ts'

run(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${isExpected(error) ? error.message : String(error)}\n`)
  process.exitCode = 1
})
