import { cpus } from 'node:os'
import type { Block, Row } from './blocks.ts'
import type { Panel } from './chart.ts'
import type { PeopleResult } from './people.ts'
import { ALL, BARE, OURS, TWIN, USUAL } from './servers.ts'
import type { Summary } from './statistics.ts'
import type { Verdict } from './verdicts.ts'
import { MOST_NOISE, share } from './verdicts.ts'
import type { Store } from './world.ts'

export type Footprint = { store: Store; who: string; startMs: Summary; rssMb: number }

/** The machine on which the numbers were measured. */
export const describeMachine = () =>
  `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim() || 'unknown processor'}`

/** A Markdown table. */
export const toTable = (head: string[], lines: string[][]): string =>
  [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

/** A median with the least and the most of its rounds. */
export const withSpread = ({ median, min, max }: Summary): string =>
  `${median.toFixed(0)} (${min.toFixed(0)}–${max.toFixed(0)})`

/** `of bare`: processor time of the bare Fastify route divided by this one's; more is better. */
export const describeBlock = ({ store, what, concurrency, rows, noise }: Block): string => {
  const bare = BARE.name
  const withDatabase = rows.some(({ databaseCpuUs }) => databaseCpuUs.max > 0)
  const lines = rows.map((row) => {
    const part = share(rows, bare, row.who)
    return [
      row.who,
      withSpread(row.perSecond),
      withSpread(row.cpuUs),
      ...(withDatabase ? [row.databaseCpuUs.median.toFixed(0)] : []),
      part === undefined ? '–' : part.toFixed(2),
    ]
  })
  const head = [
    'who',
    'per second',
    'CPU µs',
    ...(withDatabase ? ['database CPU µs'] : []),
    'of bare',
  ]
  const twins = `The two bare servers differ by ${Math.round(noise * 100)} %${noise > MOST_NOISE ? ': too noisy to judge' : ''}.`
  return `### ${store}: ${what}, ${concurrency} at once\n\n${toTable(head, lines)}\n\n${twins}`
}

export const describeFootprints = (footprints: Footprint[]): string =>
  `### Start to the first answer, and memory after the load\n\n${toTable(
    ['store', 'who', 'start ms', 'RSS MB'],
    footprints.map(({ store, who, startMs, rssMb }) => [
      store,
      who,
      withSpread(startMs),
      rssMb.toFixed(0),
    ]),
  )}`

export const describePeople = (people: PeopleResult[]): string =>
  `### Processor time of one call among 10^3 and 10^6 people, 64 at once, µs, database included\n\n${toTable(
    ['store', 'what', '10^3', '10^6', 'ratio'],
    people.map(({ store, what, few, many }) => [
      store,
      what,
      withSpread(few),
      withSpread(many),
      (many.median / few.median).toFixed(2),
    ]),
  )}`

/** What one sign-in costs here, beside the usual way's single Prisma upsert. */
export const describeUpsertRatio = (blocks: Block[]): string[] =>
  blocks.flatMap(({ store, what, concurrency, rows }) => {
    const ratio = share(rows, OURS.name, USUAL.name)
    return what === 'sign-in' && ratio !== undefined
      ? [
          `${store}, ${concurrency} at once: processor time of a sign-in, ours to ${USUAL.name}: ${ratio.toFixed(2)}`,
        ]
      : []
  })

export const describeVerdicts = (verdicts: Verdict[]): string =>
  `### Verdicts\n\n${toTable(
    ['claim', 'target', 'measured', 'verdict'],
    verdicts.map(({ claim, target, value, result, why }) => [
      claim,
      target,
      value === undefined ? '–' : value.toFixed(2),
      why === undefined ? result : `${result}: ${why}`,
    ]),
  )}`

/** What the chart shows: everyone at one concurrency, the twin left out. */
export const toPanels = (blocks: Block[], concurrency: number): Panel[] =>
  blocks
    .filter((block) => block.concurrency === concurrency)
    .map(({ store, what, rows }) => ({
      title: `${store}: ${what === 'read' ? 'reads' : 'sign-ins'} per second`,
      unit: `${concurrency} connections, median; grey bars are limits, not servers one would run`,
      bars: rows
        .filter(({ who }) => who !== TWIN.name && (what === 'read' || who !== BARE.name))
        .map(({ who, perSecond }) => ({ name: who, value: perSecond.median, kind: kindOf(who) })),
    }))

const kindOf = (who: Row['who']) => {
  const kind = ALL.find(({ name }) => name === who)?.kind
  return kind === 'ours' || kind === 'limit' ? kind : 'other'
}
