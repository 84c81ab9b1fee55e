import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT } from './child.ts'
import { createProgress } from './progress.ts'
import { describeMachine, toTable } from './report.ts'
import { LOAD, startLoad } from './revocation/background-load.ts'
import { measureRound } from './revocation/endings.ts'
import { FAULTS } from './revocation/faults.ts'
import type { FaultResult } from './revocation/result.ts'
import { describeResult, HEAD, missed } from './revocation/result.ts'
import type { TwoNodes } from './revocation/two-nodes.ts'
import { openTwoNodes } from './revocation/two-nodes.ts'

const FULL = { rounds: 10, endings: 100, ms: 1_500 }
const QUICK = { rounds: 1, endings: 40, ms: 600 }

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

const quick = process.argv.includes('--quick')
const { rounds, ...round } = quick ? QUICK : FULL
const progress = createProgress()
let drawn = 0
const draw = () => drawn++

const measureFault = async (world: TwoNodes, fault: (typeof FAULTS)[number]) => {
  const result: FaultResult = { fault, endings: [], revived: 0, load: [] }
  const load = await startLoad(world, draw)
  for (let index = 0; index < rounds; index += 1) {
    progress.say(`Redis ${fault.name}: round ${index + 1} of ${rounds}`)
    const { endings, revived } = await measureRound(
      world,
      fault,
      round,
      () => `e2e-leaving${draw()}`,
    )
    result.endings.push(...endings)
    result.revived += revived
  }
  result.load = await load.stop()
  return result
}

const world = await openTwoNodes()
const results: FaultResult[] = []
try {
  for (const fault of FAULTS) results.push(await measureFault(world, fault))
} finally {
  await world.close()
}
progress.end()

const said = [
  `## ${rounds * round.endings} endings on two nodes, ${LOAD}; ms; ${describeMachine()}${quick ? ', --quick' : ''}`,
  toTable(HEAD, results.map(describeResult)),
  ...results.flatMap(missed),
].join('\n\n')
process.stdout.write(`${said}\n`)
const folder = join(ROOT, 'artifacts/bench')
await mkdir(folder, { recursive: true })
await writeFile(join(folder, 'revocation.md'), `${said}\n`)
// A quick run shows that everything runs, not how fast.
if (!quick && results.some((result) => missed(result).length > 0)) process.exitCode = 1
