import { measureOutbox } from './oa/outbox.ts'
import { createProgress } from './progress.ts'
import { describeMachine, toTable } from './report.ts'
import { STORES } from './world.ts'

const quick = process.argv.includes('--quick')
const effort = quick ? { messages: 200, waiting: 1_000 } : { messages: 3_000, waiting: 100_000 }

const progress = createProgress()
const rows: string[][] = []
for (const store of STORES) {
  const { messages, sent, seconds, perSecond } = await measureOutbox(store, effort, progress)
  rows.push([store, `${sent} of ${messages}`, seconds.toFixed(1), perSecond.toFixed(0)])
}
progress.end()
process.stdout.write(
  `Messages while WeChat takes 100 ms each, beside ${effort.waiting} rows that are not due; ${describeMachine()}\n\n${toTable(
    ['store', 'sent', 'seconds', 'a second'],
    rows,
  )}\n`,
)
