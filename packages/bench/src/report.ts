import { cpus } from 'node:os'
import type { Row } from './compare.ts'

/** The machine on which the numbers were measured. */
export const describeMachine = () =>
  `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim() || 'unknown processor'}`

/** `share`: processor time of the first of its kind divided by this one's; more is better. */
export const printTable = (title: string, rows: Row[]) => {
  const lines = rows.map((row) => {
    const first = rows.find(
      ({ what, concurrency }) => what === row.what && concurrency === row.concurrency,
    )
    const share = first && row.cpuUs > 0 ? (first.cpuUs / row.cpuUs).toFixed(2) : '-'
    const { what, who, concurrency, perSecond, cpuUs } = row
    return [what, who, String(concurrency), perSecond.toFixed(0), cpuUs.toFixed(0), share]
  })
  const head = ['what', 'who', 'c', 'per second', 'CPU µs', 'share']
  const table = [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`)
  process.stdout.write(`\n### ${title}\n\n${table.join('\n')}\n`)
}
