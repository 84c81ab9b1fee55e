import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { availability } from '@oa/test-servers'
import type { Block } from './blocks.ts'
import { measureBlock, openReaders } from './blocks.ts'
import { drawChart } from './chart.ts'
import { ROOT } from './child.ts'
import type { Options } from './options.ts'
import { parseOptions, USAGE } from './options.ts'
import { installPeers } from './peers.ts'
import type { PeopleResult } from './people.ts'
import { measurePeople } from './people.ts'
import { createProgress } from './progress.ts'
import type { Footprint } from './report.ts'
import {
  describeBlock,
  describeFootprints,
  describeMachine,
  describePeople,
  describeUpsertRatio,
  describeVerdicts,
  toPanels,
} from './report.ts'
import type { Server } from './servers.ts'
import { ALL } from './servers.ts'
import { summarize } from './statistics.ts'
import { judgeAll } from './verdicts.ts'
import type { Running, Store } from './world.ts'
import { openWorld, STORES } from './world.ts'

// What was started and written ends with this process, which has to end in order for that.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
// Each of them listens for that.
process.setMaxListeners(0)

const ARTIFACTS = join(ROOT, 'artifacts/bench')
/** What the README shows; only a whole run replaces it. */
const SHOWN = join(ROOT, 'packages/bench')
const CHARTED = 64

const progress = createProgress()
const said: string[] = []
const say = (text: string) => {
  progress.end()
  said.push(text)
  process.stdout.write(`${text}\n`)
}

const readOptions = (): Options => {
  try {
    return parseOptions(process.argv.slice(2).filter((arg) => arg !== '--'))
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n${USAGE}`)
    process.exit(1)
  }
}

/** Starts and loads every server on one store. */
const measureStore = async (
  store: Store,
  servers: Server[],
  { effort, whats, extraStarts }: Options,
): Promise<{ blocks: Block[]; footprints: Footprint[] }> => {
  progress.say(`${store}: creating databases`)
  const world = await openWorld(store)
  try {
    const starts = new Map(servers.map(({ name }) => [name, [] as number[]]))
    const start = async (server: Server) => {
      progress.say(`${store}: starting ${server.name}`)
      const running = await world.start(server)
      starts.get(server.name)?.push(running.startMs)
      return running
    }
    /** The rest of a long run is worth having without a peer. */
    const startOrSkip = async (server: Server) => {
      try {
        return await start(server)
      } catch (error) {
        if (server.kind !== 'peer') throw error
        say(
          `\nSKIPPED: ${server.name} does not start on ${store}; verdicts about peers need all of them`,
        )
        return null
      }
    }
    for (let round = 0; round < extraStarts; round += 1) {
      for (const server of servers) await (await startOrSkip(server))?.stop()
    }
    const running: Running[] = []
    for (const server of servers) {
      const started = await startOrSkip(server)
      if (started !== null) running.push(started)
    }

    const readers = await openReaders(running)
    const blocks: Block[] = []
    for (const what of whats) {
      for (const concurrency of effort.concurrencies) {
        const block = await measureBlock({ store, what, concurrency }, running, {
          readers,
          effort,
          progress,
        })
        say(`\n${describeBlock(block)}`)
        blocks.push(block)
      }
    }
    const footprints = running.map(({ server, rssMb }) => ({
      store,
      who: server.name,
      startMs: summarize(starts.get(server.name) ?? []),
      rssMb: rssMb(),
    }))
    return { blocks, footprints }
  } finally {
    await world.close()
  }
}

const options = readOptions()
const { effort } = options
const { missing } = availability(['mariadb', 'redis'])
const stores = options.stores.filter((store) => {
  const possible = store === 'SQLite' || missing.length === 0
  if (!possible) say(`\nSKIPPED: ${store}, because ${missing.join(' and ')} is not installed`)
  return possible
})

say(
  `${describeMachine()}, ${effort.rounds} rounds of ${effort.ms} ms after ${effort.warmUpMs} ms of warming up`,
)
const wanted = options.withPeers ? ALL : ALL.filter(({ kind }) => kind !== 'peer')
const blocks: Block[] = []
const footprints: Footprint[] = []
if (options.servers) {
  const { able, skipped } = await installPeers(wanted, (line) => process.stderr.write(`${line}\n`))
  for (const why of skipped) say(`\nSKIPPED: ${why}; verdicts about peers need all of them`)
  for (const store of stores) {
    const measured = await measureStore(store, able, options)
    blocks.push(...measured.blocks)
    footprints.push(...measured.footprints)
  }
  say(`\n${describeFootprints(footprints)}`)
}
const people: PeopleResult[] = []
if (options.people) {
  for (const store of stores) people.push(...(await measurePeople(store, effort, progress)))
  say(`\n${describePeople(people)}`)
}
const tooShort = options.quick ? 'the windows of --quick are too short' : undefined
const verdicts = judgeAll(options.stores, blocks, people, tooShort)
const ratios = describeUpsertRatio(blocks)
if (ratios.length > 0) say(`\n${ratios.join('\n')}`)
say(`\n${describeVerdicts(verdicts)}`)

const machine = describeMachine()
const report = { machine, at: new Date(), options, blocks, footprints, people, verdicts }
const panels = toPanels(blocks, CHARTED)
const files: Record<string, string> = {
  'report.json': `${JSON.stringify(report, null, 2)}\n`,
  'results.md': `# One run of \`pnpm bench\`\n\nWritten by it; see [README.md](README.md) for what is measured.\n\n${said.join('\n')}\n`,
  'chart.svg': drawChart(`oa-mini beside others (${machine})`, panels),
}
await mkdir(ARTIFACTS, { recursive: true })
for (const [name, content] of Object.entries(files)) await writeFile(join(ARTIFACTS, name), content)
say(`\nWritten to artifacts/bench: ${Object.keys(files).join(', ')}`)

const whole =
  !options.quick &&
  panels.length === 2 * STORES.length &&
  people.length === 2 * STORES.length &&
  footprints.length === ALL.length * STORES.length
if (whole) {
  for (const name of ['results.md', 'chart.svg'])
    await writeFile(join(SHOWN, name), files[name] ?? '')
  say('packages/bench: results.md and chart.svg are of this run now')
}
