import type { Progress } from '../progress.ts'
import type { Timed } from '../timed.ts'
import { quantile, refusals, spread } from '../timed.ts'
import type { Company } from './company.ts'

const PER_SECOND = 50
const READERS = 20
const WARM_UP_MS = 2_000

/** What people open, and what that reads. */
export const READS = {
  'home/index': '/wx/home/index',
  'user/index (counts)': '/wx/user/index',
  'meeting/list upcoming': '/wx/meeting/list?tab=upcoming',
  'meeting/list running': '/wx/meeting/list?tab=running',
  'meeting/list past': '/wx/meeting/list?tab=past',
  'meeting/list hosting': '/wx/meeting/list?tab=hosting',
  'meeting/list approving': '/wx/meeting/list?tab=approving',
  'meeting/list cancelled': '/wx/meeting/list?tab=cancelled',
  'admin/meetings': '/wx/admin/meetings',
} as const

export type ListRow = {
  what: string
  median: number
  p99: number
  /** Processor time of one call, database included; what other programs take does not count. */
  cpuMs: number
  refused: string
}

const readAll = async ({ get }: Company, path: string, ms: number): Promise<Timed[]> => {
  const count = Math.round((ms / 1000) * PER_SECOND)
  // The owner alone administers.
  const reader = (index: number) => (path.includes('/admin/') ? 1 : 1 + (index % READERS))
  const calls = Array.from({ length: count }, (_, index) => () => get(reader(index), path))
  return spread(calls, ms)
}

/** Every list at 50 requests a second, by twenty people. */
export const measureLists = async (
  company: Company,
  ms: number,
  progress: Progress,
): Promise<ListRow[]> => {
  await company.signIn(READERS)
  const rows: ListRow[] = []
  for (const [what, path] of Object.entries(READS)) {
    progress.say(`${company.size.meetings} meetings: ${what}`)
    await readAll(company, path, Math.min(ms, WARM_UP_MS))
    const before = company.cpuUs()
    const answers = await readAll(company, path, ms)
    rows.push({
      what,
      cpuMs: (company.cpuUs() - before) / 1000 / answers.length,
      median: quantile(answers, 0.5),
      p99: quantile(answers, 0.99),
      refused: refusals(answers),
    })
  }
  return rows
}
