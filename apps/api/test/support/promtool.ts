import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { requireBinary } from '@oa/test-servers'

const run = promisify(execFile)

/** A scrape every 15 s; of 20 minutes the second half is after something happened. */
const SCRAPES = 40
const EVAL_TIME = '20m'

type Scraped = ReadonlyMap<string, number>

/** The series of an exposition, as a node's scrape gives them to Prometheus. */
export const readExposition = (text: string): Scraped =>
  new Map(
    text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => {
        const space = line.lastIndexOf(' ')
        const name = line.slice(0, space)
        const value = Number(line.slice(space + 1))
        // promtool's clock begins in 1970.
        const isTime = /_timestamp_seconds(\{|$)/.test(name)
        return [withInstance(name), isTime ? value - Date.now() / 1_000 : value] as const
      })
      // promtool reads no NaN, and no rule compares with one.
      .filter(([, value]) => Number.isFinite(value)),
  )

const withInstance = (series: string) =>
  series.includes('{')
    ? series.replace('{', '{job="oa",instance="node",')
    : `${series}{job="oa",instance="node"}`

/**
 * Whether an alert fires, by Prometheus' own evaluation of the rules file, when a node that gave
 * `before` for ten minutes gives `after` for ten more. Rejects with what promtool says otherwise.
 */
export const expectAlerts = async (
  rules: string,
  { before, after, firing }: { before: Scraped; after: Scraped; firing: Record<string, boolean> },
) => {
  const folder = await mkdtemp(join(tmpdir(), 'oa-alerts-'))
  const names = new Set([...before.keys(), ...after.keys()])
  const series = [...names].map((name) => {
    const first = before.get(name)
    const then = after.get(name)
    const isCounter = /_(total|bucket|count|sum)\{/.test(name)
    const begin = first ?? (isCounter ? 0 : null)
    const steady = begin === null ? `_x${SCRAPES}` : `${begin}x${SCRAPES - 1}`
    if (then === undefined) return { series: name, values: steady }
    // What happened between the two goes on happening.
    const more = isCounter ? `+${Math.max(0, then - (begin ?? 0))}` : ''
    return { series: name, values: `${steady} ${then}${more}x${SCRAPES}` }
  })
  const tests = {
    rule_files: [rules],
    evaluation_interval: '15s',
    tests: [
      {
        interval: '15s',
        input_series: series,
        promql_expr_test: Object.entries(firing).map(([alert, fires]) => ({
          expr: `count(ALERTS{alertname="${alert}",alertstate="firing"}) > bool 0 or vector(0)`,
          eval_time: EVAL_TIME,
          exp_samples: [{ labels: '{}', value: fires ? 1 : 0 }],
        })),
      },
    ],
  }
  try {
    // JSON is YAML.
    await writeFile(join(folder, 'tests.yml'), JSON.stringify(tests))
    await run(requireBinary('promtool'), ['test', 'rules', join(folder, 'tests.yml')])
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string }
    throw new Error(`${stdout ?? ''}${stderr ?? String(error)}`)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
