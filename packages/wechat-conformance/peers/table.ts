import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { ResilienceResult } from '../src/resilience/index.ts'
import {
  createCommandAdapter,
  readResilienceCases,
  runResilience,
} from '../src/resilience/index.ts'
import { PEERS } from './peers.ts'

const cases = await readResilienceCases()
// Inside the package, so that its imports resolve.
const folder = await mkdtemp(fileURLToPath(new URL('../node_modules/.peers-', import.meta.url)))
const serve = join(folder, 'serve.mjs')

/** One process per case and client, so that a crash affects nothing else. */
const runPeer = async (name: string) => {
  const adapter = createCommandAdapter([process.execPath, serve, name])
  // No retry: many of their failures are real time-outs.
  const results = await runResilience(adapter, cases, {
    concurrency: 4,
    retryTimingFailures: false,
  })

  return new Map(results.map((result) => [result.id, result]))
}

const cell = (result: ResilienceResult | undefined) => {
  if (result?.outcome === 'passed') return 'yes'

  return result?.outcome === 'failed' ? `**no**: ${toCell(result.reason ?? '')}` : '–'
}

/** One table cell: a single line, without bars and without text that a client made up. */
const toCell = (text: string) => {
  const line = text
    .replace(/(took it for a success): .*/s, '$1')
    .replaceAll(/\s+/g, ' ')
    .replaceAll('|', '\\|')
    .replaceAll('<', '&lt;')

  return line.length > 120 ? `${line.slice(0, 119)}…` : line
}

const names = Object.keys(PEERS)
const peers: Map<string, ResilienceResult>[] = []
try {
  await build({
    entryPoints: [fileURLToPath(new URL('./serve.ts', import.meta.url))],
    outfile: serve,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
  })
  for (const name of names) peers.push(await runPeer(name))
} finally {
  await rm(folder, { recursive: true })
}

const groups = [...new Set(cases.map(({ id }) => id.split('/')[0] ?? ''))]
const row = (cells: string[]) => `| ${cells.join(' | ')} |`
const count = (peer: Map<string, ResilienceResult>, group: string) => {
  const results = [...peer.values()].filter(({ id }) => group === '' || id.startsWith(`${group}/`))
  const asked = results.filter(({ outcome }) => outcome !== 'skipped')
  const survived = asked.filter(({ outcome }) => outcome === 'passed')

  return asked.length === 0 ? '–' : `${survived.length} of ${asked.length}`
}

const lines = [
  row(['', ...names]),
  row(['---', ...names.map(() => '---')]),
  ...groups.map((group) => row([group, ...peers.map((peer) => count(peer, group))])),
  row(['all', ...peers.map((peer) => count(peer, ''))]),
  '',
  ...groups.flatMap((group) => [
    `### ${group}`,
    '',
    row(['', ...names]),
    row(['---', ...names.map(() => '---')]),
    ...cases
      .filter(({ id }) => id.startsWith(`${group}/`))
      .map(({ id, about }) =>
        row([`\`${id}\` ${toCell(about)}`, ...peers.map((peer) => cell(peer.get(id)))]),
      ),
    '',
  ]),
]
process.stdout.write(`${lines.join('\n').trimEnd()}\n`)
