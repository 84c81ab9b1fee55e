import { availability } from '@oa/test-servers'
import { compare } from './compare.ts'
import { describeMachine, printTable } from './report.ts'
import { openWorld, STORES } from './world.ts'

const quick = process.argv.includes('--quick')
const effort = quick
  ? { rounds: 2, ms: 150, warmUpMs: 400 }
  : { rounds: 5, ms: 500, warmUpMs: 3_000 }
const { missing } = availability(['mariadb', 'redis'])

process.stdout.write(`${describeMachine()}, ${effort.rounds} rounds of ${effort.ms} ms\n`)
for (const store of STORES) {
  if (store !== 'SQLite' && missing.length > 0) {
    process.stdout.write(`\n${store}: skipped, ${missing.join(' and ')} not installed\n`)
    continue
  }
  const world = await openWorld(store)
  try {
    printTable(store, await compare(world, effort))
  } finally {
    await world.close()
  }
}
