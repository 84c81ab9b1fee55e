import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ROOT } from './child.ts'
import { openCompany } from './oa/company.ts'
import { measureOpening, measurePoll } from './oa/crowd.ts'
import { measureLists } from './oa/lists.ts'
import { describeRush, measureRush } from './oa/rush.ts'
import { measureNotices, measureStorm } from './oa/storm.ts'
import { createProgress } from './progress.ts'
import { describeMachine, toTable } from './report.ts'
import { describeTimes } from './timed.ts'
import type { Store } from './world.ts'

const USAGE = `pnpm bench:oa [options]
  --quick           few rows and short windows: shows that everything runs, not how fast
  --store <name>    sqlite or mariadb; mariadb when absent
`

type Effort = {
  small: { meetings: number; members: number }
  large: { meetings: number; members: number }
  listMs: number
  rushes: { people: number; ms: number }[]
  opening: { people: number; ms: number }
  poll: { people: number; ms: number }
  storm: number
  notices: number
}

/** Few people, so that their pages are as full as those of a large company: what is left is its size. */
const SMALL = { meetings: 1_000, members: 25 }

const FULL: Effort = {
  small: SMALL,
  large: { meetings: 1_000_000, members: 10_001 },
  listMs: 10_000,
  rushes: [
    { people: 1_000, ms: 60_000 },
    { people: 1_000, ms: 10_000 },
    // As many as a meeting takes.
    { people: 2_000, ms: 60_000 },
  ],
  opening: { people: 1_000, ms: 10_000 },
  poll: { people: 1_000, ms: 20_000 },
  storm: 64,
  notices: 10_000,
}
const QUICK: Effort = {
  small: SMALL,
  large: { meetings: 20_000, members: 1_000 },
  listMs: 1_000,
  rushes: [{ people: 60, ms: 3_000 }],
  opening: { people: 60, ms: 2_000 },
  poll: { people: 60, ms: 5_000 },
  storm: 64,
  notices: 900,
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
// Each of what was started listens for that.
process.setMaxListeners(0)

const readOptions = (): { quick: boolean; store: Store } => {
  try {
    const { values } = parseArgs({
      args: process.argv.slice(2).filter((arg) => arg !== '--'),
      options: {
        quick: { type: 'boolean', default: false },
        store: { type: 'string', default: 'mariadb' },
      },
    })
    if (values.store !== 'sqlite' && values.store !== 'mariadb') {
      throw new Error(`--store does not know ${values.store}`)
    }
    return { quick: values.quick, store: values.store === 'sqlite' ? 'SQLite' : 'MariaDB + Redis' }
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n${USAGE}`)
    process.exit(1)
  }
}

const progress = createProgress()
const said: string[] = []
const say = (text: string) => {
  progress.end()
  said.push(text)
  process.stdout.write(`${text}\n`)
}

/** As packages/bench/src/servers/weixin-stub-server.ts tells it. */
const openidOf = (person: number) =>
  `o${createHash('md5').update(`e2e-person${person}`).digest('hex').slice(0, 27)}`

const { quick, store } = readOptions()
const { small, large, listMs, rushes, opening, poll, storm, notices } = quick ? QUICK : FULL
say(`## ${store}, ${describeMachine()}${quick ? ', --quick' : ''}`)

const few = await openCompany(store, small, openidOf, progress)
const ofFew = await measureLists(few, listMs, progress).finally(() => few.close())
const many = await openCompany(store, large, openidOf, progress)
try {
  const ofMany = await measureLists(many, listMs, progress)
  say(
    `\n### Lists at 50 requests a second, ms: ${small.meetings} and ${large.meetings} meetings\n\n${toTable(
      [
        'what',
        'few: median',
        'p99',
        'CPU',
        'many: median',
        'p99',
        'CPU',
        'CPU, many to few',
        'refused',
      ],
      ofFew.map((row, index) => {
        const other = ofMany[index] ?? row
        return [
          row.what,
          row.median.toFixed(1),
          row.p99.toFixed(1),
          row.cpuMs.toFixed(2),
          other.median.toFixed(1),
          other.p99.toFixed(1),
          other.cpuMs.toFixed(2),
          (other.cpuMs / row.cpuMs).toFixed(2),
          other.refused,
        ]
      }),
    )}`,
  )

  const rows: string[][] = []
  const sizes: string[][] = []
  for (const rush of rushes) {
    const done = await measureRush(many, rush, progress)
    rows.push(...describeRush(done))
    sizes.push([String(done.people), done.inviteMs.toFixed(0), done.openMs.toFixed(0)])
  }
  say(
    `\n### A rush in one meeting, ms\n\n${toTable(['what', 'median', 'p99', 'refused', 'kept'], rows)}`,
  )
  say(
    `\n### One request for many, ms\n\n${toTable(['people', 'invite them', 'open a vote for them'], sizes)}`,
  )

  const opened = await measureOpening(many, opening, progress)
  say(
    `\n### ${opening.people} people open the mini-program within ${opening.ms / 1000} s from one address, half of them with an ended session\n\nFrom the first request to the home page: ${describeTimes(opened)}.`,
  )
  const polled = await measurePoll(many, poll, progress)
  say(
    `\n### ${poll.people} phones ask every 5 s how their meeting goes\n\n${(polled.cores * 100).toFixed(0)} % of one processor; ${describeTimes(polled.answers)}.`,
  )

  const booked = await measureStorm(many, storm, progress)
  say(
    `\n### ${storm} bookings of one room and hour at once\n\n${booked.won} got it, all were answered within ${booked.ms.toFixed(0)} ms (p99 ${booked.p99.toFixed(0)} ms); refused: ${booked.refused}.`,
  )

  const told = await measureNotices(many, notices, progress)
  say(
    `\n### ${told.people} notices\n\nEvery inbox had its line after ${(told.ms / 1000).toFixed(1)} s; the slowest submit took ${told.submitMs.toFixed(0)} ms. Lists meanwhile: p99 ${told.p99During.toFixed(1)} ms, before ${told.p99Before.toFixed(1)} ms; refused: ${told.refused}.`,
  )
} finally {
  await many.close()
}
const folder = join(ROOT, 'artifacts/bench')
await mkdir(folder, { recursive: true })
await writeFile(join(folder, 'oa.md'), `${said.join('\n')}\n`)
