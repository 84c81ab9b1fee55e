import { parseArgs } from 'node:util'
import { createCommandAdapter } from './command-adapter.ts'
import { readResilienceCases } from './resilience-case.ts'
import type { ResilienceResult } from './run-resilience.ts'
import { runResilience } from './run-resilience.ts'

const HELP = `wechat-resilience: checks that a client of WeChat survives what a platform and a network do to it

  wechat-resilience [options] -- <command> [arguments]

  The command is started once per case, and speaks JSON lines on stdin and stdout.

  --only <text>          run the cases whose id begins with it; may be given several times
  --concurrency <n>      commands at the same time (default 4)
  --help                 show this
`

const main = async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      only: { type: 'string', multiple: true, default: [''] },
      concurrency: { type: 'string', default: '4' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return say(HELP)
  const concurrency = Number(values.concurrency)
  if (!(concurrency >= 1)) throw new Error('--concurrency: expected a number of at least 1')
  if (positionals.length === 0) throw new Error('expected a command after --')

  const all = await readResilienceCases()
  const cases = all.filter(({ id }) => values.only.some((text) => id.startsWith(text)))
  const adapter = createCommandAdapter(positionals)
  report(await runResilience(adapter, cases, { concurrency, onResult: sayResult }))
}

const sayResult = ({ id, about, outcome, reason }: ResilienceResult) =>
  say(`${outcome.padEnd(7)}  ${id}: ${about}${reason ? ` (${reason})` : ''}\n`)

const report = (results: ResilienceResult[]) => {
  const count = (outcome: ResilienceResult['outcome']) =>
    results.filter((result) => result.outcome === outcome).length
  say(`${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped\n`)
  if (count('failed') > 0) process.exitCode = 1
}

const say = (text: string) => void process.stdout.write(text)

main().catch((error: Error) => {
  process.stderr.write(`wechat-resilience: ${error.message}\n`)
  process.exitCode = 1
})
