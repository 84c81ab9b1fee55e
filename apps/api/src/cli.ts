import { createInterface } from 'node:readline/promises'
import { exitCodeOf, isExpected, run } from './cli/run.ts'

const print = (line: string) => void process.stdout.write(`${line}\n`)

const ask = async (question: string) => {
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await terminal.question(`${question} [y/N] `).finally(() => terminal.close())
  return /^y(es)?$/i.test(answer.trim())
}

const shell = { env: process.env, print, ...(process.stdin.isTTY ? { ask } : {}) }

run(process.argv.slice(2), shell).catch(async (error: unknown) => {
  const isPlain = error instanceof Error && (await isExpected(error))
  process.stderr.write(`${isPlain ? error.message : String(error)}\n`)
  process.exitCode = await exitCodeOf(error)
})
